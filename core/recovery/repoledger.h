#pragma once

#include "core/git/filestamp.h"
#include "core/git/git.h"

#include <QMap>
#include <QSet>

namespace AutoCommit {

/// Everything of a checkout that a recovery might harm, at one moment: where every ref is, what the index holds, what
/// lstat says of every file in the work tree, ignored ones too.
struct RepoLedger
{
    QByteArray head; ///< full name of the branch, or the commit of a detached HEAD
    QMap<QByteArray, QByteArray> refs;
    QMap<QByteArray, QByteArray> index; ///< path -> mode, blob and stage
    QMap<QByteArray, FileStamp> files;

    /// OutOfResources above 200 000 files: then nothing is tried without a person.
    static Result<RepoLedger> take(const Git &git);
};

/// What a step was allowed to change.
struct MayChange
{
    QSet<QByteArray> refs;
    QSet<QByteArray> paths; ///< in index and work tree
};

/// The first thing that changed and was not allowed to, in words; empty when there is none.
QString firstSurprise(const RepoLedger &before, const RepoLedger &after, const MayChange &allowed);

} // namespace AutoCommit
