#include "core/stages/stages.h"
namespace AutoCommit {
namespace {
class Analyze final : public Stage
{
public:
    StageId id() const override { return StageId::Analyze; }
    Result<Next> run(RepoContext &repo) const override
    {
        for (PlannedCommit &p : repo.plan)
            p.type = QStringLiteral("feat");
        return Next::Continue;
    }
};
} // namespace
StagePtr makeAnalyze()
{
    return std::make_unique<Analyze>();
}
} // namespace AutoCommit
