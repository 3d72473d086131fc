#include "core/message/body.h"

#include <algorithm>

namespace AutoCommit::Wording {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype width = 72;
constexpr qsizetype mostLines = 6;

bool isTold(const Fact &fact, const QString &told)
{
    return std::all_of(fact.names.begin(), fact.names.end(),
                       [&](const Name &name) { return told.contains(name.text); });
}

bool isWorthALine(const Fact &fact)
{
    return fact.topic != Topic::Fallback && fact.topic != Topic::Import && fact.topic != Topic::Format
        && fact.topic != Topic::Behaviour && fact.salience >= 40 && !fact.names.isEmpty();
}

} // namespace

QString bodyLine(const QString &text)
{
    QString out = u"- "_s;
    qsizetype column = 2;
    const QStringList words = text.split(u' ');
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (i > 0 && column + 1 + words[i].size() > width) {
            out += u"\n  "_s;
            column = 2;
        } else if (i > 0) {
            out += u' ';
            ++column;
        }
        out += words[i];
        column += words[i].size();
    }
    return out;
}

QString composeBody(const Facts &ranked, qsizetype main, const QString &subject, const StyleProfile &style,
                    const QString &scope)
{
    constexpr double rarely = 0.1;
    if (style.bodyShare < rarely && style.subjects > 0)
        return {};
    QString told = subject;
    QStringList lines;
    for (qsizetype i = 0; i < ranked.size(); ++i) {
        const Fact &fact = ranked[i];
        if (i == main || !isWorthALine(fact) || isTold(fact, told))
            continue;
        const QString text = phrasings(fact, style, scope).value(0);
        if (text.isEmpty() || text.size() > width * 2)
            continue;
        told += u'\n' + text;
        lines.append(bodyLine(text));
        if (lines.size() == mostLines)
            break;
    }
    return lines.size() < 2 ? QString() : lines.join(u'\n');
}

} // namespace AutoCommit::Wording
