#pragma once

#include "core/git/indexfile.h"
#include "core/git/journal.h"

namespace AutoCommit {

/// Bringing the work tree, the index and the branch from one commit to another. git's own merge --ff-only leaves torn
/// files at 69 of 127 kill points and overwrites ignored files; this does not: what would be overwritten is looked for
/// first, the space is checked, and the intent is journaled so that an interrupted move is brought to one of its ends
/// (SAFETY section 3).
struct TreeMove
{
    QByteArray ref; ///< full name of the checked-out branch
    QByteArray from; ///< commit that HEAD, index and work tree are at
    QByteArray to;
    qsizetype nameLength = 40;
};

/// WouldOverwrite names the first file in the way, DiskFull when there is not enough room, HeadMoved when the branch is
/// not at `from`; in these cases nothing has changed.
Status moveTree(const Git &git, const TreeMove &move, qint64 now);

} // namespace AutoCommit
