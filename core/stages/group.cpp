#include "core/base/cleantext.h"
#include "core/engine/grouping.h"
#include "core/stages/stages.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Group final : public Stage
{
public:
    StageId id() const override { return StageId::Group; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.changes.files.isEmpty())
            return Next::Continue;
        if (!repo.settings.splitCommits)
            return makeOneCommit()->run(repo);
        AC_ASSIGN(const QList<ChangeGroup> groups, groupChanges(repo.changes, repo.history));
        repo.plan.clear();
        for (const ChangeGroup &group : groups) {
            PlannedCommit commit;
            commit.files = group.files;
            for (const Reason &reason : group.reasons)
                commit.why.append(toSentence(reason));
            repo.plan.append(commit);
        }
        AC_TRY(refine(repo));
        repo.decided(id(), u"%1 files make %2 commits"_s.arg(repo.changes.files.size()).arg(repo.plan.size()));
        return Next::Continue;
    }

private:
    /// A model may put groups together, never split them: what it returns holds every file exactly once.
    static Status refine(RepoContext &repo)
    {
        ModelRun *models = repo.plan.size() > 1 ? repo.askModels() : nullptr;
        if (!models)
            return {};
        GroupQuestion question{.change = repo.changes, .groups = {}};
        for (const PlannedCommit &commit : std::as_const(repo.plan))
            question.groups.append(commit.files);
        const std::optional<ModelGroups> refined = models->groups(question);
        if (models->wasCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        if (!refined || refined->groups.size() == repo.plan.size())
            return {};
        QList<PlannedCommit> plan;
        for (qsizetype i = 0; i < refined->groups.size(); ++i) {
            PlannedCommit commit{.files = refined->groups[i]};
            for (const PlannedCommit &part : std::as_const(repo.plan))
                if (commit.files.contains(part.files.first()))
                    commit.why += part.why;
            if (const QString why = refined->why.value(i); !why.isEmpty())
                commit.why.append(u"a model: "_s + cleanLine(why));
            plan.append(commit);
        }
        repo.plan = plan;
        return {};
    }
};

} // namespace

StagePtr makeGroup()
{
    return std::make_unique<Group>();
}

} // namespace AutoCommit
