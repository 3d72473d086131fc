#pragma once

#include "core/base/clock.h"
#include "core/store/records.h"
#include "daemon/run/runkit.h"

namespace AutoCommit {

/// A checkout of this machine that shows what the hub has: its remote-tracking branches are what the hub answered last.
struct HubView
{
    QString origin; ///< normalised, as in CommitRecord
    QString workTree;
    QString remote; ///< "origin"
};

/// What another machine says it committed is believed when the hub shows it, and not before. Answers those of `told`
/// that are part of the branch they are said to be on, in any of the views. Nothing of `told` reaches a command of git:
/// names of branches and objects are compared with what git lists. `hubAliases` as in Settings. Blocks; any thread.
QList<CommitRecord> seenOnHub(const QList<CommitRecord> &told, const QList<HubView> &views,
                              const QStringList &hubAliases, const GitTools &tools, const CancelToken &cancel);

} // namespace AutoCommit
