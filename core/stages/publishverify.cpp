#include "core/stages/stages.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The local part: which of the versions found have a registry to reach. They are recorded as pending; asking the
/// registries needs a later cycle and is not part of a run over one checkout.
class PublishVerify final : public Stage
{
public:
    StageId id() const override { return StageId::PublishVerify; }

    Result<Next> run(RepoContext &repo) const override
    {
        for (const VersionChange &version : repo.versions)
            if (!version.registry.isEmpty())
                repo.decided(id(), u"%1 %2 is pending on %3"_s.arg(version.package, version.to, version.registry));
        return Next::Continue;
    }
};

} // namespace

StagePtr makePublishVerify()
{
    return std::make_unique<PublishVerify>();
}

} // namespace AutoCommit
