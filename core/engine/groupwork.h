#pragma once

#include "core/engine/grouping.h"
#include "core/engine/nuclei.h"
#include "core/engine/paircomparer.h"

namespace AutoCommit {

/// What one grouping knows of its files and pairs, numbered in the order of the paths; tells reasons from it.
struct GroupWork
{
    std::vector<qsizetype> order; ///< index into ChangeSet::files, by position here
    QList<FileChange> files;
    std::vector<PathFacts> paths;
    std::vector<Nucleus> bonds;
    std::vector<FileFacts> facts; ///< empty when nothing had to be compared
    std::vector<PairValues> pairs;
    std::vector<double> odds;
    WordNames names;
    TreeTable pairTable;
    const History *past = nullptr; ///< must outlive this

    double oddsOf(std::size_t i, std::size_t j) const;
    /// The odds, or more where a bond holds the two.
    double strength(std::size_t i, std::size_t j) const;
    /// Strongest first; i < j. `together`: tell what speaks for it, else what speaks against.
    QList<Reason> reasons(std::size_t i, std::size_t j, bool together) const;

private:
    struct Tally;
    Tally tally(const PairValues &values) const;
    void addFor(std::size_t i, std::size_t j, const Tally &tally, QList<Reason> &list) const;
    void addAgainst(std::size_t i, std::size_t j, const Tally &tally, QList<Reason> &list) const;
    Reason sharedName(std::size_t i, std::size_t j) const;
    QByteArray usedName(std::size_t i, std::size_t j) const;
    QByteArray mentionedFile(std::size_t i, std::size_t j) const;
    Reason commits(std::size_t i, std::size_t j) const;
};

} // namespace AutoCommit
