#include "core/base/cleantext.h"
#include "core/engine/grouping.h"
#include "core/stages/stages.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Group final : public ChangeStage
{
public:
    StageId id() const override { return StageId::Group; }

    Result<Next> apply(ChangeContext &change) const override
    {
        if (change.changes.files.isEmpty())
            return Next::Continue;
        if (!change.settings.splitCommits)
            return makeOneCommit()->apply(change);
        AC_ASSIGN(const QList<ChangeGroup> groups, groupChanges(change.changes, change.history));
        change.plan.clear();
        for (const ChangeGroup &group : groups) {
            PlannedCommit commit;
            commit.files = group.files;
            for (const Reason &reason : group.reasons)
                commit.why.append(toSentence(reason));
            change.plan.append(commit);
        }
        AC_TRY(refine(change));
        change.decided(id(), u"%1 files make %2 commits"_s.arg(change.changes.files.size()).arg(change.plan.size()));
        return Next::Continue;
    }

private:
    /// A model may put groups together, never split them: what it returns holds every file exactly once.
    static Status refine(ChangeContext &change)
    {
        ModelRun *models = change.plan.size() > 1 ? change.askModels() : nullptr;
        if (!models)
            return {};
        GroupQuestion question{.change = change.changes, .groups = {}};
        for (const PlannedCommit &commit : std::as_const(change.plan))
            question.groups.append(commit.files);
        const std::optional<ModelGroups> refined = models->groups(question);
        if (models->wasCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        if (!refined || refined->groups.size() == change.plan.size())
            return {};
        QList<PlannedCommit> plan;
        for (qsizetype i = 0; i < refined->groups.size(); ++i) {
            PlannedCommit commit{.files = refined->groups[i]};
            for (const PlannedCommit &part : std::as_const(change.plan))
                if (commit.files.contains(part.files.first()))
                    commit.why += part.why;
            if (const QString why = refined->why.value(i); !why.isEmpty())
                commit.why.append(u"a model: "_s + cleanLine(why));
            plan.append(commit);
        }
        change.plan = plan;
        return {};
    }
};

} // namespace

ChangeStagePtr makeGroup()
{
    return std::make_unique<Group>();
}

} // namespace AutoCommit
