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
        repo.decided(id(), u"%1 files make %2 commits"_s.arg(repo.changes.files.size()).arg(repo.plan.size()));
        return Next::Continue;
    }
};

} // namespace

StagePtr makeGroup()
{
    return std::make_unique<Group>();
}

} // namespace AutoCommit
