#pragma once

#include "core/git/filestamp.h"
#include "core/git/indexfile.h"
#include "core/git/journal.h"

namespace AutoCommit {

/// Moving a branch to new commits that are already in the object store.
struct Landing
{
    QByteArray ref; ///< full name of the checked-out branch
    QByteArray from; ///< where it has to be; empty when it must not exist yet
    QByteArray to;
    QList<IndexEntry> before; ///< the entries of the committed paths in `from`; an absent one has mode 0
    FileStamp indexAtStatus; ///< of the user's index when the status was read: unchanged means nothing was staged since
    QString reflogMessage;
    qsizetype nameLength = 40;
};

/// Moves the branch by compare-and-swap and brings exactly the committed paths up to date in the user's index, as one
/// step: the new index is prepared aside, `update-ref` is brought to "prepared", index.lock is taken for less than a
/// millisecond while the ref moves, and a rename installs the index. A path whose entry is not what `before` says (the
/// user staged something meanwhile) is left alone. HeadMoved when the branch or HEAD is elsewhere by now, LockHeld when
/// the user's git is at work: in both cases nothing has changed. A kill at any point is healed by recoverLanding().
Status land(const Git &git, const Landing &landing, qint64 now);

/// Finishes or takes back a landing that died. Under the RepoLock, before anything else is done in the repository.
void recoverLanding(const Git &git, const JournalEntry &entry);

} // namespace AutoCommit
