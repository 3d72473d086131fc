#include "core/model/healer.h"

#include "core/model/prompts.h"
#include "core/model/questiontext.h"
#include "core/wording/thinking.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype diagnosisLimit = 1200;

Result<ChatReply> askOne(Asker &asker, const QuestionShape &shape, const RedactedText &instructions,
                         const RedactedText &question, const ModelTerms &terms, ModelCost &cost)
{
    return asker.ask(
        shape,
        [&](int) {
            return QList<ChatMessage>{{ChatMessage::Role::System, instructions}, {ChatMessage::Role::User, question}};
        },
        terms, cost);
}

/// Another name may do: the servers refuse this one, or do not know it.
bool isAboutTheModel(ErrorKind kind)
{
    return kind == ErrorKind::Config || kind == ErrorKind::ModelRefused;
}

Result<QString> diagnose(Asker &asker, const ModelNames &names, const RecoveryQuestion &question,
                         const ModelTerms &terms, ModelCost &cost)
{
    QuestionShape shape{.model = names.recovery.isEmpty() ? names.reasoning : names.recovery,
                        .temperature = 0.3,
                        .maxTokens = 2048,
                        .mayThink = true,
                        .thinkingTokens = 1024};
    Result<ChatReply> reply = askOne(asker, shape, diagnoseInstructions(), question.facts, terms, cost);
    if (!reply && isAboutTheModel(reply.error().kind) && shape.model != names.reasoning) {
        shape.model = names.reasoning;
        reply = askOne(asker, shape, diagnoseInstructions(), question.facts, terms, cost);
    }
    if (!reply)
        return reply.error();
    return withoutThinking(reply->text).text.trimmed();
}

} // namespace

Result<ModelPlan> askForPlan(Asker &asker, const ModelNames &names, const RecoveryQuestion &question,
                             const ModelTerms &terms)
{
    ModelTerms own = terms;
    own.requestClass = RequestClass::Recovery;
    ModelPlan plan;
    AC_ASSIGN(const QString diagnosis, diagnose(asker, names, question, own, plan.cost));
    if (question.isPlan && question.isPlan(diagnosis)) {
        plan.text = diagnosis;
        return plan;
    }
    const RedactedText both = question.facts + RedactedText("Somebody who looked at this said:\n")
        + dataBlock(diagnosis.left(diagnosisLimit), terms.scanner) + RedactedText("Now the JSON object.");
    const QuestionShape shape{.model = names.instruct, .schema = question.schema, .temperature = 0, .maxTokens = 512};
    AC_ASSIGN(const ChatReply reply, askOne(asker, shape, planInstructions(), both, own, plan.cost));
    plan.text = withoutThinking(reply.text).text.trimmed();
    return plan;
}

} // namespace AutoCommit
