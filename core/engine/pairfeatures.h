#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace AutoCommit {

/// What is compared of two changed files. Every value is symmetric in the two files.
enum class PairFeature : std::uint8_t {
    // the changed lines
    WordCosine, ///< tf-idf over all words
    NameCosine, ///< over whole names and numbers only
    NetCosine, ///< over words that come or go: added minus removed
    AddedCosine,
    RemovedCosine,
    WordShare, ///< weight of the shared words over the smaller file's weight
    RarestName, ///< rarity of the rarest shared name
    SecondName,
    ThirdName,
    RarestPart, ///< of the rarest shared word of any form
    NewShared, ///< shared words that no recent diff has seen
    RareShared, ///< shared words seen in at most three recent diffs
    NetRarest, ///< rarest word that both add, or both remove, on balance
    NetNew, ///< such words never seen in recent diffs
    SameLines, ///< equal added lines plus equal removed lines
    SameLineShare, ///< over the smaller file's lines
    MovedLines, ///< lines removed from one and added to the other, over the smaller file's lines
    DefinedUsed, ///< rarity of the rarest name that one defines and the other uses
    StemMentioned, ///< rarity of one file's stem if it stands in the other's changed lines (greater of both ways)
    StemMentionedBoth,
    PathWordMentioned, ///< rarest word of one path in the other's changed lines
    LocalCosine, ///< tf-idf with rarity among the files of this change
    // the past
    FileTogether, ///< commits with both over the rarer file's commits
    FileTogetherCount,
    FileLean, ///< log-odds of together against apart but near (three commits)
    FolderLean,
    FolderClassLean,
    TopLean,
    ClassLean,
    ExtLean,
    ProfileCosine, ///< one's words now against the other's words in recent diffs (greater of both ways)
    ProfileCosineLesser,
    PastCosine, ///< recent words of both files
    SoloLess, ///< share of the file's past commits that it had to itself, lesser and greater of the two files
    SoloMore,
    SizeLess, ///< mean log2 of the sizes of the file's past commits
    SizeMore,
    KnownFiles, ///< how many of the two the history knows
    // the repository
    RepoSize, ///< mean log2 of files per commit
    RepoSolo, ///< share of one-file commits
    // the paths
    PathRarity, ///< rarest shared word of the two paths, among the paths of the past
    PathTfidf,
    MixedCosine, ///< words of lines and path together
    SameStem,
    TestPair, ///< same stem, one of them a test
    SameFolder,
    FolderDistance, ///< folders to go up and down from one to the other
    CommonFolders,
    MirrorFolder, ///< share of folder names in common
    SameBase,
    SameExt,
    PathCosine, ///< common words of the paths
    ClassPair, ///< code of the two classes, the smaller first
    KindPair, ///< code of the two kinds of change
    // the shapes
    LinesLess, ///< log2 of the changed lines
    LinesMore,
    WordsLess,
    WordsMore,
    ShapeDistance, ///< how unlike the mix of line traits
    AdditiveDistance, ///< difference of the share of added lines
    // against the rest of the change
    CosineRank, ///< how many other files are nearer to one of the two (lesser)
    CosineRankWorse,
    CosineMargin, ///< cosine minus the best cosine either has with a third file
    CosineMarginBest, ///< cosine minus the lesser of the two best cosines
    LeanRank,
    FileCount, ///< log2 of the number of files in the change
    MeanCosine, ///< over all pairs of the change
    Count
};
constexpr std::size_t pairFeatureCount = static_cast<std::size_t>(PairFeature::Count);
using PairValues = std::array<float, pairFeatureCount>;

/// As written in resources/engine/*.table.
const char *pairFeatureName(PairFeature feature);

inline float at(const PairValues &values, PairFeature feature)
{
    return values[static_cast<std::size_t>(feature)];
}

inline void put(PairValues &values, PairFeature feature, double value)
{
    values[static_cast<std::size_t>(feature)] = static_cast<float>(value);
}

} // namespace AutoCommit
