#pragma once

#include "core/engine/conventional.h"
#include "core/engine/filefacts.h"

#include <QHash>
#include <QList>

#include <optional>
#include <vector>

namespace AutoCommit {

/// A path that past commits changed, and which ones.
struct PastPath
{
    PathFacts facts;
    std::vector<quint32> commits; ///< indexes into History::commits, newest first
};

/// One file of one recent commit.
struct PastDiff
{
    quint32 commit = 0; ///< index into History::commits
    quint32 path = 0; ///< index into History::paths
    FileFacts facts; ///< without line hashes
};

/// What the engine knows of a repository's past. Built by HistoryBuilder; a value without behaviour of its own but the
/// look-ups. About 3 MB for 1,500 commits and the diffs of 300.
struct History
{
    QList<PastCommit> commits; ///< newest first, merges left out
    std::vector<std::optional<Conventional>> heads; ///< of the commits' subjects
    std::vector<std::vector<quint32>> pathsOf; ///< per commit, indexes into `paths`
    std::vector<QByteArray> statusesOf; ///< per commit one letter per path: A, M, D, T
    std::vector<PastPath> paths;
    QHash<quint32, quint32> pathIndex; ///< PathFacts::path -> index into `paths`
    QHash<quint32, std::vector<quint32>> folderCommits; ///< folder hash -> commits that touched something below it
    std::vector<PastDiff> diffs; ///< newest first
    QHash<quint32, quint32> diffsWithWord; ///< in how many file diffs a word stood
    quint32 diffCount = 0; ///< file diffs counted above; more than `diffs` may keep

    const PastPath *find(quint32 pathHash) const;
    /// Natural logarithm of how rare a word is among the recent file diffs; about 0.7 for a word in half of them.
    double rarity(quint32 word) const;
};

} // namespace AutoCommit
