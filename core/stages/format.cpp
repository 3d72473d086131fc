#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/message/message.h"
#include "core/model/answerkey.h"
#include "core/model/modelstyle.h"
#include "core/stages/background.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The message in the repository's own style. The built-in engine writes every one of them; where a model is asked and
/// says something that holds, its words take their place.
class Format final : public ChangeStage
{
public:
    StageId id() const override { return StageId::Format; }

    Result<Next> apply(ChangeContext &change) const override
    {
        for (PlannedCommit &planned : change.plan) {
            const CommitMessage message = describe(
                {.changes = change.changes, .files = planned.files, .type = planned.type, .scope = planned.scope},
                change.style);
            planned.subject = redacted(change, message.subject);
            planned.body = bodies(change) ? redacted(change, message.body) : QString();
            planned.source = MessageSource::Builtin;
        }
        if (!change.plan.isEmpty() && change.models)
            AC_TRY(askModels(change));
        return Next::Continue;
    }

private:
    struct Question
    {
        qsizetype commit; ///< index into the plan
        QByteArray key;
    };

    static Status askModels(ChangeContext &change)
    {
        ModelRun *models = change.askModels();
        if (!models)
            return {};
        std::vector<MessageQuestion> questions;
        std::vector<Question> asked;
        for (qsizetype i = 0; i < change.plan.size(); ++i) {
            MessageQuestion question = questionAbout(change, change.plan[i]);
            const QByteArray key = answerKey(question, change.models->names());
            if (const auto kept = change.models->kept(key);
                kept && !question.rules.recentSubjects.contains(kept->subject)) {
                use(change, change.plan[i], *kept);
                continue;
            }
            questions.push_back(std::move(question));
            asked.push_back({i, key});
        }
        addBackground(change, questions);
        const std::vector<std::optional<ModelMessage>> answers = models->messages(questions);
        if (models->wasCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (!answers[i] || !answers[i]->text)
                continue;
            const KeptMessage message{.subject = redacted(change, answers[i]->text->header()),
                                      .body = redacted(change, answers[i]->text->body),
                                      .source = answers[i]->repaired ? MessageSource::LlmRepaired : MessageSource::Llm,
                                      .model = answers[i]->model};
            use(change, change.plan[asked[i].commit], message);
            if (change.keepAnswers)
                change.models->keep(asked[i].key, message);
        }
        for (const QString &remark : models->remarks())
            change.decided(StageId::Format, remark);
        return questions.empty() ? Status() : putOff(change, *models);
    }

    /// Not part of the answers' keys: what is found may differ from one run to the next.
    static void addBackground(ChangeContext &change, std::vector<MessageQuestion> &questions)
    {
        QList<qsizetype> files;
        for (const MessageQuestion &question : questions)
            files += question.files;
        std::ranges::sort(files);
        const QString background = files.isEmpty() ? QString() : backgroundOf(change, files);
        for (MessageQuestion &question : questions)
            question.background = background;
    }

    /// A commit may wait for models that are away; what they have said already is kept, and not asked again.
    static Status putOff(ChangeContext &change, const ModelRun &models)
    {
        if (!change.modelWait)
            return {};
        const std::optional<Error> &why = models.gaveUp();
        if (!why || (why->kind != ErrorKind::ModelUnavailable && why->kind != ErrorKind::Timeout)) {
            change.modelWait->end();
            return {};
        }
        if (const std::optional<Error> later = change.modelWait->putOff(*why))
            return *later;
        change.decided(StageId::Format, u"the models were waited for as long as no_model_wait_seconds allows"_s);
        return {};
    }

    static MessageQuestion questionAbout(const ChangeContext &change, const PlannedCommit &planned)
    {
        const QList<PastCommit> &past = change.history.commits;
        MessageRules rules
            = rulesForStyle(change.style, past, static_cast<int>(change.settings.subjectLength), bodies(change));
        rules.assumedType = planned.type;
        rules.examples = exampleSubjects(past, change.changes, planned.files, shownExamples);
        return {.change = change.changes,
                .files = planned.files,
                .rules = rules,
                .branch = change.branch,
                .likelyType = planned.type,
                .likelyScope = planned.scope};
    }

    static void use(ChangeContext &change, PlannedCommit &planned, const KeptMessage &message)
    {
        planned.subject = redacted(change, message.subject);
        planned.body = bodies(change) ? redacted(change, message.body) : QString();
        planned.source = message.source;
        planned.model = message.model;
    }

    static bool bodies(const ChangeContext &change) { return change.settings.messageBody != u"never"_s; }

    /// The message is text that leaves the machine, too.
    static QString redacted(const ChangeContext &change, const QString &text)
    {
        return change.gate.scanner().redact(text.toUtf8()).text();
    }

    static constexpr qsizetype shownExamples = 5; // a small model copies from a longer list
};

} // namespace

ChangeStagePtr makeFormat()
{
    return std::make_unique<Format>();
}

} // namespace AutoCommit
