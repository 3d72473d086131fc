#pragma once

#include "core/git/git.h"
#include "core/git/journal.h"

namespace AutoCommit {

/// Processes of this user that may be using a repository. Where the platform does not tell (no /proc), `known` is false
/// and nothing is ever concluded from their absence.
struct GitActivity
{
    bool known = false;
    bool gitInside = false; ///< a git program runs with its working directory in the checkout
    QStringList openFiles; ///< files below the git directory that some process has open

    static GitActivity of(const RepoLocation &location);
};

enum class LockVerdict {
    Fresh, ///< a living git's, as far as anybody can tell: come back later
    Ours, ///< left by a run of ours that died
    Abandoned, ///< nobody's for at least ten minutes; may be set aside
    Suspicious, ///< abandoned, but its owner may have died in the middle of a checkout or merge: a person has to look
};

/// SAFETY rows 1-5. `journal` is the open entry of a dead run, if any; `now` in nanoseconds since 1970.
LockVerdict judgeLock(const QString &lock, const RepoLocation &location, const std::optional<JournalEntry> &journal,
                      const GitActivity &activity, qint64 now);

/// Removes the locks on our own indexes. Under the RepoLock, which every process that could hold one inherits.
void clearPrivateLocks(const RepoLocation &location);

/// Renames a lock to *.stale-<time>, one of a ref to the top of the git directory; whether that may be is judged before.
Status setLockAside(const RepoLocation &location, const QString &lock, qint64 now);

/// Clears what a dead run of ours left (locks, a half-done landing), sets abandoned locks aside as *.stale-<time>, and
/// answers LockHeld or StaleLock when one remains. Under the RepoLock; `branchRef` may be empty.
Status clearLocks(const Git &git, const QByteArray &branchRef, qint64 now);

} // namespace AutoCommit
