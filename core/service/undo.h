#pragma once

#include "core/service/repositoryrun.h"
#include "core/store/records.h"
#include "core/store/store.h"

namespace AutoCommit {

struct Undone
{
    QString revert; ///< the commit that takes it back; empty for a soft undo
    RunReport report;
};

/// The commit that is meant: by at least seven characters of its name, or the newest of the repository that was not
/// taken back yet and does not itself take one back. Usage when auto-commit did not make it.
Result<CommitRecord> commitToUndo(HistoryQueries &history, const QString &host, const QString &repo,
                                  const QString &sha);

/// Takes a commit back. Not on the hub and still the tip: the branch goes back and the changes stay in the work tree.
/// Otherwise a new commit reverts it. No path with uncommitted changes is touched; on any error nothing changed.
/// No hooks are run.
Result<Undone> undoCommit(const CommitRecord &commit, const RunParts &parts, const CancelToken &cancel);

/// Writes it down, and after a soft undo pauses the repository: the next cycle would commit the same again.
Status recordUndo(Store &store, const CommitRecord &commit, const Undone &undone, Timestamp now);

/// Without a revert the changes are uncommitted again: the pause that keeps them so.
PauseRecord undoPause(const CommitRecord &commit, Timestamp now);

} // namespace AutoCommit
