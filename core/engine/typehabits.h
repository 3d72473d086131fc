#pragma once

#include "core/engine/history.h"

#include <array>
#include <vector>

namespace AutoCommit {

/// Where this repository's own habits speak about a commit's type.
enum class TypeSource : quint8 {
    Repo, ///< its mix of types, newer commits counting more; log share
    Recent, ///< of the last 15 commits
    Previous, ///< of the last commit
    Files, ///< past commits of the same files
    Folders, ///< of the same folders
    FolderClasses, ///< of the same folders and classes
    Classes, ///< commits with the same set of path classes
    ClassKinds, ///< same set of classes, and files added or not
    Extensions, ///< commits with the same file endings
    Paths, ///< commits whose paths are like these
    Size, ///< commits of about as many files
    Count
};
constexpr std::size_t typeSourceCount = static_cast<std::size_t>(TypeSource::Count);
using TypeVector = std::array<float, commitTypeCount>;

/// "Files", as written in resources/engine/type.table before "_feat".
const char *typeSourceName(TypeSource source);

/// An online model of how this repository types its commits: counts over its own history, newer commits counting more
/// (half after 400), hardly in a young history. Reads the history once, for any number of commits to type; keeps a
/// reference to it.
class TypeHabits
{
public:
    explicit TypeHabits(const History &history);

    /// Repo: log share; the others: log share less the repository's, so that 0 says nothing.
    std::array<TypeVector, typeSourceCount> evidence(const std::vector<const FileFacts *> &files) const;

private:
    using Counts = std::array<double, commitTypeCount>;
    TypeVector share(const Counts &counts, double prior) const;
    Counts byKeys(const std::vector<quint64> &keys) const;
    Counts byPaths(const std::vector<const FileFacts *> &files) const;
    Counts ofNewest(std::size_t commits) const;

    const History &m_history;
    double m_maturity = 0; ///< how far the habits count
    Counts m_prior{}; ///< shares, sum 1
    QHash<quint64, Counts> m_keyTypes;
};

} // namespace AutoCommit
