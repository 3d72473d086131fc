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
/// look-ups. About 1 MB for 300 commits and the diffs of 60.
struct History
{
    QList<PastCommit> commits; ///< newest first, merges left out
    QByteArray newestTree; ///< of the first of these; empty when the log did not tell
    qint64 newestCommitted = 0; ///< its committer date, seconds since 1970
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
    /// Is this commit's list of files a habit? Not that of an import: of the first commit, or of one that mostly adds.
    bool tellsHabits(std::size_t commit) const;
    /// How far habits can be told from so few commits: 0 = not at all, 1 = as well as the tables were learned with.
    double maturity() const;
    /// The same of what can be told from the types in the subjects: nothing from four typed commits.
    double typedMaturity() const;
    /// Natural logarithm of how rare a word is among the recent file diffs; about 0.7 for a word in half of them. Where
    /// there are few, words are taken to be as rare as words of that form usually are.
    double rarity(quint32 word, WordForm form = WordForm::Single) const;
    /// In how many file diffs a word stood, or is taken to have stood.
    quint32 seen(quint32 word, WordForm form) const;
};

} // namespace AutoCommit
