#include "core/stages/stages.h"

#include "core/stages/synchronise.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

class Pull final : public Stage
{
public:
    StageId id() const override { return StageId::Pull; }

    Result<Next> run(RepoContext &repo) const override
    {
        // With local changes the commit comes first; Push then takes over what the hub has. A dirty tree is never
        // pulled.
        if (!repo.status.isClean() || repo.options.dryRun || !repo.options.pull || !repo.settings.preCyclePull
            || repo.status.head.isEmpty())
            return Next::Continue;
        AC_ASSIGN(const std::optional<Upstream> upstream, findUpstream(repo.config, repo.status.branch, repo.settings));
        if (upstream)
            AC_TRY(takeOverHubCommits(repo, *upstream));
        return Next::Continue;
    }
};

} // namespace

StagePtr makePull()
{
    return std::make_unique<Pull>();
}

} // namespace AutoCommit
