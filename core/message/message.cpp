#include "core/message/message.h"

#include "core/base/cleantext.h"
#include "core/message/body.h"
#include "core/message/facts.h"
#include "core/message/subject.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace Wording;

} // namespace

CommitMessage describe(const MessageInput &input, const StyleProfile &style)
{
    const ChangeView view(input.changes, input.files);
    if (view.files().isEmpty())
        return {u"chore: record an empty change"_s, {}};
    const WordIndex words(view);
    const Evidence evidence{view, words, input.type.toLower().toUtf8()};
    const Facts ranked = rankedFacts(factsOf(evidence), evidence);
    CommitMessage message;
    if (const QString release = releaseSubject(ranked.first(), style); !release.isEmpty())
        return {cleanLine(release, 200), {}};
    for (const Fact &fact : ranked) {
        const QString prefix = subjectPrefix(evidence, fact, input.type, input.scope, style);
        message.subject = cleanLine(composeSubject(prefix, phrasings(fact, style, input.scope), style), 200);
        if (!message.subject.isEmpty())
            break;
    }
    message.body = composeBody(ranked, message.subject, style, input.scope);
    return message;
}

} // namespace AutoCommit
