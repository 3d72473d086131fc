#pragma once

#include "core/git/git.h"

#include <QSet>

namespace AutoCommit {

/// Which directories of a repository are worth watching. Absolute, as bytes.
struct WatchPlan
{
    QList<QByteArray> directories; ///< of the work trees, without what git ignores and without other checkouts
    QList<QByteArray> gitDirs; ///< where HEAD and the index are
    QSet<QByteArray> ignored; ///< directories that are not entered
};

/// Asks git what it ignores, and walks the rest. Blocks: for a worker. OutOfResources above `limit` directories.
Result<WatchPlan> makeWatchPlan(const QStringList &workTrees, const GitTools &tools, const CancelToken &cancel,
                                int limit = 20'000);

} // namespace AutoCommit
