#include "core/stages/stages.h"

namespace AutoCommit {
namespace {
class Group final : public Stage
{
public:
    StageId id() const override { return StageId::Group; }
    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.changes.files.isEmpty())
            return Next::Continue;
        PlannedCommit all;
        for (qsizetype i = 0; i < repo.changes.files.size(); ++i)
            all.files += i;
        repo.plan = {all};
        return Next::Continue;
    }
};
} // namespace
StagePtr makeGroup()
{
    return std::make_unique<Group>();
}
} // namespace AutoCommit
