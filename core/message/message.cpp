#include "core/message/message.h"

#include "core/base/cleantext.h"
#include "core/message/body.h"
#include "core/message/facts.h"
#include "core/message/rest.h"
#include "core/message/stylesubject.h"
#include "core/message/subject.h"
#include "core/message/withheld.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace Wording;

/// What the fullest wordings of every fact were too long for: the name itself is cut.
QString cutSubject(const Evidence &evidence, const Fact &fact, const MessageInput &input, const StyleProfile &style)
{
    constexpr qsizetype fewest = 20;
    constexpr qsizetype longest = 72;
    QString prefix = subjectPrefix(evidence, fact, input.type, {}, style);
    const QString text = phrasings(fact, style, {}).last();
    if (prefix.size() + fewest > longest)
        prefix.clear();
    return cleanLine(prefix + text, longest);
}

/// "Parser: ", for a place of code: "Parser". It need not be said again behind it.
QString saidArea(const QString &prefix, const Fact &fact, const StyleProfile &style)
{
    const bool area = style.convention == Convention::AreaColon || style.convention == Convention::Bracket;
    if (!area || fact.place.kind == WordKind::File)
        return {};
    QString label = withoutLeadingEmoji(prefix).trimmed();
    while (label.endsWith(u':') || label.endsWith(u']'))
        label.chop(1);
    return label.startsWith(u'[') ? label.mid(1) : label;
}

} // namespace

CommitMessage describe(const MessageInput &input, const StyleProfile &style)
{
    const ChangeView view(input.changes, input.files);
    if (view.files().isEmpty())
        return {u"chore: record an empty change"_s, {}};
    const WordIndex words(view);
    const Evidence evidence{view, words, input.type.toLower().toUtf8()};
    const WithheldValues withheld(view);
    Facts facts = factsOf(evidence);
    facts.removeIf([&](const Fact &fact) { return withheld.shownIn(fact); });
    const Facts ranked = rankedFacts(facts, evidence);
    CommitMessage message;
    if (const QString release = releaseSubject(ranked.first(), style); !release.isEmpty())
        return {cleanLine(release, 200), {}};
    qsizetype main = 0;
    QList<const ChangedFile *> beside;
    for (; main < ranked.size() && message.subject.isEmpty(); ++main) {
        beside = filesBeside(ranked[main], view);
        const Fact fact = withFilesCounted(withFilesBeside(ranked[main], beside), view);
        const QString prefix = subjectPrefix(evidence, fact, input.type, input.scope, style);
        const QStringList texts
            = phrasings(fact, style, input.scope.isEmpty() ? saidArea(prefix, fact, style) : input.scope);
        if (const QString tail = tailFor(fact, beside, style); !tail.isEmpty()) {
            message.subject = cleanLine(composeSubject(prefix, {texts.first() + tail}, style), 200);
            if (!message.subject.isEmpty())
                beside.clear();
        }
        if (message.subject.isEmpty())
            message.subject = cleanLine(composeSubject(prefix, texts, style), 200);
    }
    if (message.subject.isEmpty())
        message.subject = cutSubject(evidence, ranked.first(), input, style);
    message.body = composeBody(ranked, main - 1, message.subject, style, input.scope);
    if (message.body.isEmpty()) // whatever the habit: a subject must not read as if it were all
        message.body = linesFor(beside, ranked, style, input.scope);
    return message;
}

} // namespace AutoCommit
