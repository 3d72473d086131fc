#include "core/stages/stages.h"

#include "core/base/cleantext.h"
#include "core/message/message.h"
#include "core/model/answerkey.h"
#include "core/model/modelstyle.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The message in the repository's own style. The built-in engine writes every one of them; where a model is asked and
/// says something that holds, its words take their place.
class Format final : public Stage
{
public:
    StageId id() const override { return StageId::Format; }

    Result<Next> run(RepoContext &repo) const override
    {
        for (PlannedCommit &planned : repo.plan) {
            const CommitMessage message = describe(
                {.changes = repo.changes, .files = planned.files, .type = planned.type, .scope = planned.scope},
                repo.style);
            planned.subject = redacted(repo, message.subject);
            planned.body = bodies(repo) ? redacted(repo, message.body) : QString();
            planned.source = MessageSource::Builtin;
        }
        if (!repo.plan.isEmpty() && repo.models)
            AC_TRY(askModels(repo));
        return Next::Continue;
    }

private:
    struct Question
    {
        qsizetype commit; ///< index into the plan
        QByteArray key;
    };

    static Status askModels(RepoContext &repo)
    {
        ModelRun *models = repo.askModels();
        if (!models)
            return {};
        std::vector<MessageQuestion> questions;
        std::vector<Question> asked;
        for (qsizetype i = 0; i < repo.plan.size(); ++i) {
            MessageQuestion question = questionAbout(repo, repo.plan[i]);
            const QByteArray key = answerKey(question, repo.models->names());
            if (const auto kept = repo.models->kept(key);
                kept && !question.rules.recentSubjects.contains(kept->subject)) {
                use(repo, repo.plan[i], *kept);
                continue;
            }
            questions.push_back(std::move(question));
            asked.push_back({i, key});
        }
        const std::vector<std::optional<ModelMessage>> answers = models->messages(questions);
        if (models->wasCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (!answers[i] || !answers[i]->text)
                continue;
            const KeptMessage message{.subject = redacted(repo, answers[i]->text->header()),
                                      .body = redacted(repo, answers[i]->text->body),
                                      .source = answers[i]->repaired ? MessageSource::LlmRepaired : MessageSource::Llm,
                                      .model = answers[i]->model};
            use(repo, repo.plan[asked[i].commit], message);
            if (!repo.options.dryRun)
                repo.models->keep(asked[i].key, message);
        }
        for (const QString &remark : models->remarks())
            repo.decided(StageId::Format, remark);
        return {};
    }

    static MessageQuestion questionAbout(const RepoContext &repo, const PlannedCommit &planned)
    {
        const QList<PastCommit> &past = repo.history.commits;
        MessageRules rules
            = rulesForStyle(repo.style, past, static_cast<int>(repo.settings.subjectLength), bodies(repo));
        rules.assumedType = planned.type;
        rules.examples = exampleSubjects(past, repo.changes, planned.files, shownExamples);
        return {.change = repo.changes,
                .files = planned.files,
                .rules = rules,
                .branch = QString::fromUtf8(repo.status.branch),
                .likelyType = planned.type,
                .likelyScope = planned.scope};
    }

    static void use(RepoContext &repo, PlannedCommit &planned, const KeptMessage &message)
    {
        planned.subject = redacted(repo, message.subject);
        planned.body = bodies(repo) ? redacted(repo, message.body) : QString();
        planned.source = message.source;
        planned.model = message.model;
    }

    static bool bodies(const RepoContext &repo) { return repo.settings.messageBody != u"never"_s; }

    /// The message is text that leaves the machine, too.
    static QString redacted(const RepoContext &repo, const QString &text)
    {
        return repo.gate.scanner().redact(text.toUtf8()).text();
    }

    static constexpr qsizetype shownExamples = 5; // a small model copies from a longer list
};

} // namespace

StagePtr makeFormat()
{
    return std::make_unique<Format>();
}

} // namespace AutoCommit
