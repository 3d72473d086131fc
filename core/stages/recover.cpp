#include "core/stages/stages.h"

#include "core/recovery/stallfile.h"
#include "core/recovery/strategies.h"
#include "core/stages/recoverymodel.h"
#include "core/stages/synchronise.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Recover final : public Stage
{
public:
    StageId id() const override { return StageId::Recover; }

    /// Continue: the story is told once more from the start. Finish: the error stands.
    Result<Next> run(RepoContext &repo) const override
    {
        const Strategy strategy = strategyFor(repo.failure->kind);
        const bool again = strategy == Strategy::StartOver && repo.attempt < maxAttempts;
        repo.decided(
            id(),
            u"%1: %2"_s.arg(errorKindName(repo.failure->kind), again ? u"starting over"_s : strategyText(strategy)));
        if (again)
            return Next::Continue;
        rememberStall(repo);
        return strategy == Strategy::AskModel ? recoverWithModel(repo) : Next::Finish;
    }

private:
    static constexpr int maxAttempts = 3;
};

} // namespace

StagePtr makeRecover()
{
    return std::make_unique<Recover>();
}

} // namespace AutoCommit
