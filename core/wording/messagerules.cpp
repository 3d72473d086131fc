#include "core/wording/messagerules.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

QStringList MessageRules::defaultTypes()
{
    return {u"feat"_s, u"fix"_s,   u"docs"_s, u"style"_s, u"refactor"_s, u"perf"_s,
            u"test"_s, u"build"_s, u"ci"_s,   u"chore"_s, u"revert"_s};
}

QString CommitText::header() const
{
    QString prefix = type;
    if (!prefix.isEmpty() && !scope.isEmpty())
        prefix += u'(' + scope + u')';
    else if (prefix.isEmpty())
        prefix = scope; // "area: what"
    if (!prefix.isEmpty())
        prefix += (breaking ? "!: "_L1 : ": "_L1);
    return prefix + subject;
}

QString CommitText::text() const
{
    return body.isEmpty() ? header() : header() + "\n\n"_L1 + body;
}

} // namespace AutoCommit
