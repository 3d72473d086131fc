#pragma once

#include "core/git/git.h"

namespace AutoCommit {

/// A content that a commit brings.
struct AddedBlob
{
    QByteArray commit; ///< full name
    QByteArray path;
    QByteArray name; ///< of the blob
    QByteArray before; ///< what stood at this path before; empty for a new file
};

struct AddedMessage
{
    QByteArray commit; ///< full name
    QByteArray text; ///< UTF-8
};

struct AddedToHistory
{
    QList<AddedBlob> blobs = {};
    QList<AddedMessage> messages = {};
};

/// What the commits of `range` ("a..b", or `b --not --remotes=x` as separate arguments) bring, newest first: their
/// messages, and each content once for a path. Of a merge only what differs from all its parents: the rest came with
/// another commit. Submodules are left out. One process.
Result<AddedToHistory> addedToHistory(const Git &git, const QStringList &range);

/// Reads blobs with one process: `onPiece` gets the index into `names` and the bytes as they come, at last an empty
/// piece. A blob that is not there is ObjectMissing. No process for an empty list.
Status readBlobs(const Git &git, const QList<QByteArray> &names,
                 const std::function<void(qsizetype index, QByteArrayView piece)> &onPiece);

} // namespace AutoCommit
