#include "core/pipeline/repocontext.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

ModelRun *ChangeContext::askModels()
{
    if (!modelRun && models) {
        if (!waitFile.isEmpty() && models->putsOffFor().count() > 0)
            modelWait.emplace(waitFile, models->putsOffFor(), clock);
        // A server that answers is given its time even when the wait for it has used up the limit.
        const bool answers = models->health().state == ModelHealth::State::Ok;
        const std::chrono::seconds patience
            = modelWait && !answers ? modelWait->patience(models->patience()) : models->patience();
        const Clock::Monotonic now = clock.monotonic();
        if (ModelWriter *writer = models->writer())
            modelRun = std::make_unique<ModelRun>(*writer,
                                                  ModelTerms{.scanner = gate.scanner(),
                                                             .until = now + patience + models->waitsFor(),
                                                             .cancel = cancel,
                                                             .waitUntil = now + models->waitsFor(),
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
