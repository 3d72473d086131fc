#include "core/engine/linkage.h"

#include "core/engine/paircomparer.h"

#include <algorithm>
#include <cmath>

namespace AutoCommit {

namespace {

constexpr double none = -9; ///< stands for odds that do not exist
constexpr double alone = 3; ///< inner odds of a group of one

void put(MergeValues &values, MergeFeature feature, double value)
{
    values[static_cast<std::size_t>(feature)] = static_cast<float>(value);
}

double mean(const std::vector<double> &values)
{
    double sum = 0;
    for (const double v : values)
        sum += v;
    return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

} // namespace

const char *mergeFeatureName(MergeFeature feature)
{
    constexpr std::array<const char *, mergeFeatureCount> names{
        "MeanOdds",      "MaxOdds",        "MinOdds",       "SpreadOdds",     "MedianOdds",    "RowLess",
        "RowMore",       "RowWorst",       "InnerLess",     "InnerMore",      "InnerWorst",    "Rival",
        "RivalMean",     "Margin",         "NextGap",       "SizeLess",       "SizeMore",      "Files",
        "Groups",        "AllMean",        "AllMax",        "AllMin",         "RepoSize",      "RepoSolo",
        "Growth",        "MixedMean",      "MixedMax",      "ClassLeanMean",  "ClassLeanMax",  "FolderLeanMean",
        "FolderLeanMax", "TopLeanMean",    "TopLeanMax",    "PathRarityMean", "PathRarityMax", "MentionedMean",
        "MentionedMax",  "RarestNameMean", "RarestNameMax", "TogetherMean",   "TogetherMax",   "SameExtMean"};
    return names[static_cast<std::size_t>(feature)];
}

Linkage::Linkage(const Input &input, std::vector<Group> start)
    : m_in(input)
    , m_groups(std::move(start))
{
    m_mean.assign(m_groups.size(), std::vector<double>(m_groups.size(), 0));
    for (std::size_t a = 0; a < m_groups.size(); ++a)
        for (std::size_t b = a + 1; b < m_groups.size(); ++b) {
            double sum = 0;
            for (const std::size_t i : m_groups[a])
                for (const std::size_t j : m_groups[b])
                    sum += odds(i, j);
            m_mean[a][b] = m_mean[b][a] = sum / static_cast<double>(m_groups[a].size() * m_groups[b].size());
        }
    for (const double o : m_in.odds) {
        m_allMax = std::max(m_allMax, o);
        m_allMin = std::min(m_allMin, o);
    }
    m_allMean = mean(m_in.odds);
    findNext();
}

double Linkage::odds(std::size_t i, std::size_t j) const
{
    return m_in.odds[PairComparer::indexOf(std::min(i, j), std::max(i, j), m_in.files)];
}

const PairValues &Linkage::pair(std::size_t i, std::size_t j) const
{
    return m_in.pairs[PairComparer::indexOf(std::min(i, j), std::max(i, j), m_in.files)];
}

void Linkage::findNext()
{
    double best = none * 10;
    m_secondBest = none;
    for (std::size_t a = 0; a < m_groups.size(); ++a)
        for (std::size_t b = a + 1; b < m_groups.size(); ++b) {
            if (m_mean[a][b] > best) {
                m_secondBest = std::max(best, none);
                best = m_mean[a][b];
                m_first = a;
                m_second = b;
            } else {
                m_secondBest = std::max(m_secondBest, m_mean[a][b]);
            }
        }
}

void Linkage::merge()
{
    const auto na = static_cast<double>(m_groups[m_first].size());
    const auto nb = static_cast<double>(m_groups[m_second].size());
    for (std::size_t k = 0; k < m_groups.size(); ++k)
        m_mean[m_first][k] = m_mean[k][m_first] = (na * m_mean[m_first][k] + nb * m_mean[m_second][k]) / (na + nb);
    m_groups[m_first].insert(m_groups[m_first].end(), m_groups[m_second].begin(), m_groups[m_second].end());
    std::sort(m_groups[m_first].begin(), m_groups[m_first].end());
    const auto gone = static_cast<std::ptrdiff_t>(m_second);
    m_groups.erase(m_groups.begin() + gone);
    m_mean.erase(m_mean.begin() + gone);
    for (auto &row : m_mean)
        row.erase(row.begin() + gone);
    if (canMerge())
        findNext();
}

MergeValues Linkage::nextValues() const
{
    MergeValues out{};
    addAcross(out);
    addInner(out);
    addRivals(out);
    addWhole(out);
    addFeatures(out);
    return out;
}

void Linkage::addAcross(MergeValues &out) const
{
    const Group &a = m_groups[m_first];
    const Group &b = m_groups[m_second];
    std::vector<double> all;
    std::vector<double> bestOfA(a.size(), none);
    std::vector<double> bestOfB(b.size(), none);
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j) {
            const double o = odds(a[i], b[j]);
            all.push_back(o);
            bestOfA[i] = std::max(bestOfA[i], o);
            bestOfB[j] = std::max(bestOfB[j], o);
        }
    const double middle = mean(all);
    double spread = 0;
    for (const double o : all)
        spread += (o - middle) * (o - middle);
    std::sort(all.begin(), all.end());
    const std::size_t half = all.size() / 2;
    put(out, MergeFeature::MeanOdds, middle);
    put(out, MergeFeature::MaxOdds, all.back());
    put(out, MergeFeature::MinOdds, all.front());
    put(out, MergeFeature::SpreadOdds, std::sqrt(spread / static_cast<double>(all.size())));
    put(out, MergeFeature::MedianOdds, all.size() % 2 == 1 ? all[half] : (all[half - 1] + all[half]) / 2);
    put(out, MergeFeature::RowLess, std::min(mean(bestOfA), mean(bestOfB)));
    put(out, MergeFeature::RowMore, std::max(mean(bestOfA), mean(bestOfB)));
    put(out, MergeFeature::RowWorst,
        std::min(*std::min_element(bestOfA.begin(), bestOfA.end()), *std::min_element(bestOfB.begin(), bestOfB.end())));
}

void Linkage::addInner(MergeValues &out) const
{
    std::array<double, 2> inner{alone, alone};
    double worst = alone;
    for (std::size_t side = 0; side < 2; ++side) {
        const Group &g = m_groups[side == 0 ? m_first : m_second];
        std::vector<double> within;
        for (std::size_t i = 0; i < g.size(); ++i)
            for (std::size_t j = i + 1; j < g.size(); ++j)
                within.push_back(odds(g[i], g[j]));
        if (within.empty())
            continue;
        inner[side] = mean(within);
        worst = std::min(worst, *std::min_element(within.begin(), within.end()));
    }
    put(out, MergeFeature::InnerLess, std::min(inner[0], inner[1]));
    put(out, MergeFeature::InnerMore, std::max(inner[0], inner[1]));
    put(out, MergeFeature::InnerWorst, worst);
}

void Linkage::addRivals(MergeValues &out) const
{
    std::vector<double> rivals;
    for (std::size_t k = 0; k < m_groups.size(); ++k)
        if (k != m_first && k != m_second)
            rivals.push_back(std::max(m_mean[m_first][k], m_mean[m_second][k]));
    const double best = rivals.empty() ? none : *std::max_element(rivals.begin(), rivals.end());
    put(out, MergeFeature::Rival, best);
    put(out, MergeFeature::RivalMean, rivals.empty() ? none : mean(rivals));
    put(out, MergeFeature::Margin, m_mean[m_first][m_second] - best);
    put(out, MergeFeature::NextGap, m_mean[m_first][m_second] - m_secondBest);
}

void Linkage::addWhole(MergeValues &out) const
{
    const auto na = static_cast<double>(m_groups[m_first].size());
    const auto nb = static_cast<double>(m_groups[m_second].size());
    put(out, MergeFeature::SizeLess, std::min(na, nb));
    put(out, MergeFeature::SizeMore, std::max(na, nb));
    put(out, MergeFeature::Files, static_cast<double>(m_in.files));
    put(out, MergeFeature::Groups, static_cast<double>(m_groups.size()));
    put(out, MergeFeature::AllMean, m_allMean);
    put(out, MergeFeature::AllMax, m_allMax);
    put(out, MergeFeature::AllMin, m_allMin);
    put(out, MergeFeature::RepoSize, m_in.repoSize);
    put(out, MergeFeature::RepoSolo, m_in.repoSolo);
    put(out, MergeFeature::Growth, std::log2(na + nb) - m_in.repoSize);
}

void Linkage::addFeatures(MergeValues &out) const
{
    struct Source
    {
        PairFeature feature;
        MergeFeature mean; ///< the greatest is written behind it
    };
    constexpr std::array<Source, 8> sources{{{PairFeature::MixedCosine, MergeFeature::MixedMean},
                                             {PairFeature::ClassLean, MergeFeature::ClassLeanMean},
                                             {PairFeature::FolderLean, MergeFeature::FolderLeanMean},
                                             {PairFeature::TopLean, MergeFeature::TopLeanMean},
                                             {PairFeature::PathRarity, MergeFeature::PathRarityMean},
                                             {PairFeature::PathWordMentioned, MergeFeature::MentionedMean},
                                             {PairFeature::RarestName, MergeFeature::RarestNameMean},
                                             {PairFeature::FileTogether, MergeFeature::TogetherMean}}};
    const Group &a = m_groups[m_first];
    const Group &b = m_groups[m_second];
    const auto count = static_cast<double>(a.size() * b.size());
    double ext = 0;
    for (const Source &source : sources) {
        double sum = 0;
        double most = -99;
        for (const std::size_t i : a)
            for (const std::size_t j : b) {
                const auto value = static_cast<double>(at(pair(i, j), source.feature));
                sum += value;
                most = std::max(most, value);
            }
        const auto slot = static_cast<std::size_t>(source.mean);
        out[slot] = static_cast<float>(sum / count);
        out[slot + 1] = static_cast<float>(most);
    }
    for (const std::size_t i : a)
        for (const std::size_t j : b)
            ext += static_cast<double>(at(pair(i, j), PairFeature::SameExt));
    put(out, MergeFeature::SameExtMean, ext / count);
}

} // namespace AutoCommit
