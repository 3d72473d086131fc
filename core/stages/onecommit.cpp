#include "core/stages/stages.h"

#include <numeric>

namespace AutoCommit {

namespace {

/// Everything in one commit, because the person who asked makes one.
class OneCommit final : public ChangeStage
{
public:
    StageId id() const override { return StageId::Group; }

    Result<Next> apply(ChangeContext &change) const override
    {
        if (change.changes.files.isEmpty())
            return Next::Finish;
        PlannedCommit all;
        all.files.resize(change.changes.files.size());
        std::iota(all.files.begin(), all.files.end(), 0);
        change.plan = {all};
        return Next::Continue;
    }
};

} // namespace

ChangeStagePtr makeOneCommit()
{
    return std::make_unique<OneCommit>();
}

} // namespace AutoCommit
