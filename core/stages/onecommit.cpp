#include "core/stages/stages.h"

#include <numeric>

namespace AutoCommit {

namespace {

/// Everything in one commit, because the person who asked makes one.
class OneCommit final : public Stage
{
public:
    StageId id() const override { return StageId::Group; }

    Result<Next> run(RepoContext &repo) const override
    {
        if (repo.changes.files.isEmpty())
            return Next::Finish;
        PlannedCommit all;
        all.files.resize(repo.changes.files.size());
        std::iota(all.files.begin(), all.files.end(), 0);
        repo.plan = {all};
        return Next::Continue;
    }
};

} // namespace

StagePtr makeOneCommit()
{
    return std::make_unique<OneCommit>();
}

} // namespace AutoCommit
