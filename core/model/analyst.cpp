#include "core/model/analyst.h"

#include "core/base/cleantext.h"
#include "core/model/effort.h"
#include "core/model/prompts.h"
#include "core/model/questiontext.h"
#include "core/wording/diffbudget.h"
#include "core/wording/thinking.h"

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype notesLimit = 2400;
constexpr qsizetype partLimit = 900;

QuestionShape shapeFor(const QString &model)
{
    return {
        .model = model, .temperature = 0.7, .topP = 0.95, .maxTokens = 2048, .mayThink = true, .thinkingTokens = 1024};
}

/// Format would meet the same.
bool concernsEveryCall(ErrorKind kind)
{
    return kind == ErrorKind::Cancelled || kind == ErrorKind::Timeout || kind == ErrorKind::AuthFailed
        || kind == ErrorKind::ModelUnavailable;
}

Result<QString> notesOn(const ChangeSet &part, const RedactedText &which, qsizetype limit, Asker &asker,
                        const QString &model, const ModelTerms &terms, ModelCost &cost)
{
    const auto build = [&](int tokens) {
        return fittedMessages({.instructions = analyzeInstructions(model),
                               .before = which,
                               .reminder = RedactedText("Write your notes on this change, in the form asked for.")},
                              part, tokens, terms.scanner);
    };
    const Result<ChatReply> reply = asker.ask(shapeFor(model), build, terms, cost);
    if (!reply && concernsEveryCall(reply.error().kind))
        return reply.error();
    return reply ? notesFrom(reply->text, limit) : QString();
}

} // namespace

QString notesFrom(const QString &answer, qsizetype limit)
{
    const Unthought unthought = withoutThinking(cleanText(answer));
    QString notes;
    for (const QString &line : unthought.text.split(u'\n', Qt::SkipEmptyParts)) {
        const QString words = line.trimmed();
        if (words.isEmpty() || words.startsWith("```"_L1))
            continue;
        if (notes.size() + words.size() + 1 > limit)
            break;
        notes += words + u'\n';
    }
    return notes;
}

Result<ModelNotes> takeNotes(Asker &asker, const ModelNames &names, const MessageQuestion &question,
                             const ModelTerms &terms)
{
    const Effort effort = effortFor(question.change, question.files);
    if (effort != Effort::Full)
        return ModelNotes{};
    const ChangeSet masked = maskedPart(question.change, question.files, terms.scanner);
    const int room = std::clamp(asker.roomFor(shapeFor(names.reasoning), terms) - 400, 500, 8000);
    const MapPlan plan = planMap(masked, room, 1.0);
    if (plan.parts.size() == 1 && names.reasoning == names.instruct)
        return ModelNotes{}; // the one model reads the change when it writes the message
    ModelNotes notes;
    const bool inParts = plan.parts.size() > 1;
    for (qsizetype i = 0; i < plan.parts.size(); ++i) {
        const QByteArray number
            = "Part " + QByteArray::number(i + 1) + " of " + QByteArray::number(plan.parts.size()) + " of a change.\n";
        const RedactedText which = inParts ? RedactedText::ownWords(number.constData()) : RedactedText();
        AC_ASSIGN(
            const QString text,
            notesOn(plan.parts[i], which, inParts ? partLimit : notesLimit, asker, names.reasoning, terms, notes.cost));
        notes.text += text;
    }
    return notes;
}

} // namespace AutoCommit
