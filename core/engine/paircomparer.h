#pragma once

#include "core/engine/history.h"
#include "core/engine/pairfeatures.h"
#include "core/engine/wordvector.h"

#include <array>
#include <vector>

namespace AutoCommit {

/// The files of one change, prepared for comparing every two of them. Keeps references to both arguments.
class PairComparer
{
public:
    PairComparer(const std::vector<FileFacts> &files, const History &history);

    /// All pairs (i < j), row by row: the value of (i, j) is at `indexOf(i, j)`.
    std::vector<PairValues> compareAll() const;
    static std::size_t indexOf(std::size_t i, std::size_t j, std::size_t n)
    {
        return i * n - i * (i + 1) / 2 + (j - i - 1);
    }

    double repoSize() const { return m_repoSize; } ///< mean log2 of the files of a commit
    double repoSolo() const { return m_repoSolo; } ///< share of commits with one file

private:
    /// Where a file stands among the repository's habits: itself, its folder, its folder and class, its top folder, its
    /// class, its ending and class. Commits are counted for each.
    static constexpr std::size_t habitLevels = 6;
    using HabitKeys = std::array<quint64, habitLevels>;
    static HabitKeys habitKeys(const PathFacts &path);

    struct PerFile
    {
        WordVector all, names, net, added, removed, local, past, path, mixed;
        double totalWeight = 0;
        HabitKeys keys{};
        double solo = -1; ///< share of past commits it had to itself; -1 = no past
        double size = -1; ///< mean log2 of the sizes of its past commits
        const PastPath *known = nullptr;
    };

    void prepareWords();
    void prepareHabits();
    void countHabits();
    void countSizes(PerFile &per) const;
    void prepareProfiles();
    void preparePaths();
    void prepareRepository();
    void content(std::size_t i, std::size_t j, PairValues &out) const;
    void sharedWords(std::size_t i, std::size_t j, PairValues &out) const;
    void lines(std::size_t i, std::size_t j, PairValues &out) const;
    void mentions(std::size_t i, std::size_t j, PairValues &out) const;
    void habits(std::size_t i, std::size_t j, PairValues &out) const;
    void paths(std::size_t i, std::size_t j, PairValues &out) const;
    void pathWords(std::size_t i, std::size_t j, PairValues &out) const;
    void shapes(std::size_t i, std::size_t j, PairValues &out) const;
    void relative(std::vector<PairValues> &pairs) const;
    double lean(quint64 a, quint64 b) const;
    double pathRarity(quint32 word) const;

    const std::vector<FileFacts> &m_files;
    const History &m_history;
    std::vector<PerFile> m_per;
    double m_maturity = 0; ///< how far the habits count
    double m_repoSize = 1;
    double m_repoSolo = 0.4;
    QHash<quint32, quint32> m_pathsWithWord;
    QHash<quint64, std::vector<quint32>> m_keyCommits; ///< habit key -> commits, newest first
    QHash<quint64, int> m_keySeveral; ///< habit key -> commits with at least two files of that key
};

} // namespace AutoCommit
