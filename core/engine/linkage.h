#pragma once

#include "core/engine/pairfeatures.h"

#include <array>
#include <vector>

namespace AutoCommit {

/// What is known of two groups of files when they are about to be joined. "Odds" are the log-odds of two files being
/// in one commit, from the pair table.
enum class MergeFeature : std::uint8_t {
    MeanOdds, ///< over all pairs across
    MaxOdds,
    MinOdds,
    SpreadOdds, ///< standard deviation
    MedianOdds,
    RowLess, ///< mean over one side's files of their best odds across; the lesser side
    RowMore,
    RowWorst, ///< the file with the poorest best odds across
    InnerLess, ///< mean odds within the groups, lesser and greater; 3 for a group of one
    InnerMore,
    InnerWorst,
    Rival, ///< best mean odds of either group with a third; -9 without one
    RivalMean,
    Margin, ///< MeanOdds - Rival
    NextGap, ///< MeanOdds less the second best mean odds of any two groups
    SizeLess, ///< files
    SizeMore,
    Files, ///< of the whole change
    Groups, ///< at this time
    AllMean, ///< odds over all pairs of the change
    AllMax,
    AllMin,
    RepoSize, ///< mean log2 of the files of a past commit
    RepoSolo, ///< share of past commits with one file
    Growth, ///< log2 of the joined size, less RepoSize
    MixedMean, ///< mean and greatest of single pair features across
    MixedMax,
    ClassLeanMean,
    ClassLeanMax,
    FolderLeanMean,
    FolderLeanMax,
    TopLeanMean,
    TopLeanMax,
    PathRarityMean,
    PathRarityMax,
    MentionedMean,
    MentionedMax,
    RarestNameMean,
    RarestNameMax,
    TogetherMean,
    TogetherMax,
    SameExtMean,
    Count
};
constexpr std::size_t mergeFeatureCount = static_cast<std::size_t>(MergeFeature::Count);
using MergeValues = std::array<float, mergeFeatureCount>;

/// As written in resources/engine/merge.table.
const char *mergeFeatureName(MergeFeature feature);

/// Average linkage: offers the two groups with the best mean odds, again and again, until told to stop.
class Linkage
{
public:
    struct Input
    {
        std::size_t files = 0;
        const std::vector<double> &odds; ///< per pair, as PairComparer::indexOf
        const std::vector<PairValues> &pairs;
        double repoSize = 1;
        double repoSolo = 0.4;
    };
    using Group = std::vector<std::size_t>;

    Linkage(const Input &input, std::vector<Group> start);

    bool canMerge() const { return m_groups.size() > 1; }
    MergeValues nextValues() const; ///< of the two groups that `merge` would join
    void merge();
    const std::vector<Group> &groups() const { return m_groups; }
    const Group &nextFirst() const { return m_groups[m_first]; }
    const Group &nextSecond() const { return m_groups[m_second]; }

private:
    double odds(std::size_t i, std::size_t j) const;
    const PairValues &pair(std::size_t i, std::size_t j) const;
    void findNext();
    void addAcross(MergeValues &out) const;
    void addInner(MergeValues &out) const;
    void addRivals(MergeValues &out) const;
    void addWhole(MergeValues &out) const;
    void addFeatures(MergeValues &out) const;

    Input m_in;
    std::vector<Group> m_groups;
    std::vector<std::vector<double>> m_mean; ///< mean odds between groups
    std::size_t m_first = 0;
    std::size_t m_second = 1;
    double m_secondBest = -9;
    double m_allMean = 0;
    double m_allMax = -9;
    double m_allMin = 9;
};

} // namespace AutoCommit
