#pragma once

#include "core/git/git.h"

#include <QHash>

namespace AutoCommit {

struct Rebased
{
    QByteArray tip;
    QHash<QByteArray, QByteArray> renamed; ///< old commit -> new one; empty when it had become empty and was dropped
};

/// The tree of the change `base`..`mine` on top of `theirs`, all of them trees; index and work tree are not touched.
/// Conflict names the files that both sides changed.
Result<QByteArray> mergeTrees(const Git &git, const QByteArray &base, const QByteArray &theirs, const QByteArray &mine);

/// Replays the commits of `base`..`tip` on top of `onto` without touching index or work tree: merge-tree on synthetic
/// commits gives each tree, commit-tree writes it with the original author, date and message. The new tip equals
/// `onto` when every commit had become empty. Conflict names the files of the first commit that does not apply;
/// merges among the commits, or more than `limit` of them, are an error too: then a person decides.
Result<Rebased> rebaseInMemory(const Git &git, const QByteArray &base, const QByteArray &tip, const QByteArray &onto,
                               bool sign, int limit = 50);

} // namespace AutoCommit
