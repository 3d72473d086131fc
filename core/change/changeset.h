#pragma once

#include <QByteArray>
#include <QList>

namespace AutoCommit {

enum class ChangeKind {
    Added,
    Modified, ///< content, and perhaps the mode
    Deleted,
    Renamed, ///< `oldPath` to `path`, content alike or the same
    TypeChanged, ///< for instance a file became a symlink
    ModeChanged, ///< the executable bit only
};

/// One run of changed lines, reduced to what reasoning about a change needs. A hunk of git's with unchanged lines in
/// its middle is several of these.
struct Hunk
{
    QByteArray context; ///< what git prints behind the second @@: usually the enclosing function
    int oldStart = 0; ///< 1-based line in the old file
    int newStart = 0; ///< 1-based line in the new file
    QList<QByteArray> before; ///< up to three unchanged lines right above, if the diff has them (-U3)
    QList<QByteArray> removed; ///< lines without the leading '-' and without the line end
    QList<QByteArray> added;
    QList<QByteArray> after; ///< up to three unchanged lines right below
};

/// One path of a change. Paths are bytes as git has them, relative to the top of the work tree, '/' between parts.
struct FileChange
{
    QByteArray path;
    QByteArray oldPath; ///< of a rename, else empty
    ChangeKind kind = ChangeKind::Modified;
    quint32 oldMode = 0; ///< git's: 0100644, 0100755, 0120000, 0160000; 0 = absent
    quint32 newMode = 0;
    QByteArray oldBlob; ///< object name in hex, empty = absent
    QByteArray newBlob;
    bool binary = false;
    int addedLines = 0; ///< counted over the whole diff, also when `hunks` was cut
    int removedLines = 0;
    QList<Hunk> hunks;
    bool hunksCut = false; ///< the diff was longer than the limit; `hunks` holds its beginning
};

/// What one sweep would commit: every path once, in the byte order of the paths.
struct ChangeSet
{
    QList<FileChange> files;
};

/// A commit of this repository's own history, newest first in a History.
struct PastCommit
{
    QByteArray id;
    qint64 time = 0; ///< author date, seconds since 1970
    QByteArray subject;
    int bodyLines = -1; ///< lines of the message below the subject, without trailers; -1 = not read
    QList<QByteArray> paths; ///< as of that commit; merges are left out
};

} // namespace AutoCommit
