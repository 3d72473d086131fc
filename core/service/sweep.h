#pragma once

#include "core/service/repositoryrun.h"

namespace AutoCommit {

/// What a sweep tells while it goes on; always called on the thread that called runSweep().
class SweepObserver
{
public:
    virtual ~SweepObserver() = default;
    virtual void stageStarted(const QString &path, StageId stage) = 0;
    virtual void finished(const RunReport &report) = 0;
};

/// Runs every path once, at most `parallel` at a time, and answers the reports in the order of the paths. One
/// repository's failure never touches another. Blocks; a cancelled token ends it soon, with a report for every path.
QList<RunReport> runSweep(const QStringList &paths, const RunParts &parts, int parallel, const CancelToken &cancel,
                          SweepObserver &observer);

} // namespace AutoCommit
