#include "core/pipeline/repocontext.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

ModelRun *ChangeContext::askModels()
{
    if (!modelRun && models) {
        if (ModelWriter *writer = models->writer())
            modelRun = std::make_unique<ModelRun>(*writer,
                                                  ModelTerms{.scanner = gate.scanner(),
                                                             .until = clock.monotonic() + models->patience(),
                                                             .cancel = cancel,
                                                             .waitForServer = models->waits(),
                                                             .requestClass = models->requestClass()});
        else
            models = nullptr;
    }
    return modelRun.get();
}

Result<Next> ChangeStage::run(RepoContext &repo) const
{
    return apply(repo);
}

Status describeChange(const std::vector<ChangeStagePtr> &stages, ChangeContext &change)
{
    for (const ChangeStagePtr &stage : stages) {
        if (change.cancel.isCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        AC_ASSIGN(const Next next, stage->apply(change));
        if (next == Next::Finish)
            break;
    }
    return {};
}

} // namespace AutoCommit
