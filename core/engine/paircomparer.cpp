#include "core/engine/paircomparer.h"

#include <algorithm>
#include <cmath>

namespace AutoCommit {

PairComparer::PairComparer(const std::vector<FileFacts> &files, const History &history)
    : m_files(files)
    , m_history(history)
    , m_per(files.size())
    , m_maturity(history.maturity())
{
    prepareWords();
    prepareHabits();
    prepareProfiles();
    preparePaths();
    prepareRepository();
}

void PairComparer::prepareWords()
{
    QHash<quint32, int> filesWith;
    for (const FileFacts &file : m_files)
        for (const WordCount &word : file.words)
            ++filesWith[word.hash];
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        PerFile &per = m_per[i];
        for (const WordCount &w : m_files[i].words) {
            const double rarity = m_history.rarity(w.hash, w.form);
            const double often = std::log1p(w.added + w.removed + 0.5 * w.context);
            const auto weight = static_cast<float>(often * rarity);
            per.all.push_back({w.hash, weight});
            per.totalWeight += static_cast<double>(weight);
            if (w.form != WordForm::Part)
                per.names.push_back({w.hash, weight});
            if (const int net = w.added - w.removed; net != 0)
                per.net.push_back(
                    {w.hash, static_cast<float>((net > 0 ? 1 : -1) * std::log1p(std::abs(net)) * rarity)});
            if (w.added > 0)
                per.added.push_back({w.hash, static_cast<float>(std::log1p(w.added) * rarity)});
            if (w.removed > 0)
                per.removed.push_back({w.hash, static_cast<float>(std::log1p(w.removed) * rarity)});
            const double local = std::log((static_cast<double>(m_files.size()) + 1) / filesWith.value(w.hash));
            per.local.push_back({w.hash, static_cast<float>(often * rarity * local)});
        }
        for (WordVector *v : {&per.all, &per.names, &per.net, &per.added, &per.removed, &per.local})
            scaleToLengthOne(*v);
    }
}

/// The words of the newest diffs of each file.
void PairComparer::prepareProfiles()
{
    constexpr int newest = 10;
    QHash<quint32, QHash<quint32, int>> counts;
    for (const FileFacts &file : m_files)
        counts.insert(file.path.path, {});
    QHash<quint32, int> used;
    for (const PastDiff &diff : m_history.diffs) {
        const auto bag = counts.find(m_history.paths[diff.path].facts.path);
        if (bag == counts.end() || !m_history.tellsHabits(diff.commit) || ++used[bag.key()] > newest)
            continue;
        for (const WordCount &w : diff.facts.words)
            ++(*bag)[w.hash];
    }
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        const QHash<quint32, int> bag = counts.value(m_files[i].path.path);
        WordVector &past = m_per[i].past;
        for (auto w = bag.constBegin(); w != bag.constEnd(); ++w)
            past.push_back({w.key(), static_cast<float>(std::log1p(w.value()) * m_history.rarity(w.key()))});
        std::sort(past.begin(), past.end(), [](const Weighted &a, const Weighted &b) { return a.hash < b.hash; });
        scaleToLengthOne(past);
    }
}

void PairComparer::prepareRepository()
{
    double sum = 0;
    int counted = 0;
    int solo = 0;
    for (std::size_t c = 0; c < m_history.pathsOf.size(); ++c) {
        const auto &paths = m_history.pathsOf[c];
        if (paths.empty() || paths.size() > 30 || !m_history.tellsHabits(c))
            continue;
        ++counted;
        solo += paths.size() == 1;
        sum += std::log2(static_cast<double>(paths.size()));
    }
    if (counted == 0)
        return;
    m_repoSize += m_maturity * (sum / counted - m_repoSize);
    m_repoSolo += m_maturity * (static_cast<double>(solo) / counted - m_repoSolo);
}

/// What a pair is like beside the other pairs of the change.
void PairComparer::relative(std::vector<PairValues> &pairs) const
{
    const std::size_t n = m_files.size();
    const auto value = [&](std::size_t i, std::size_t j, PairFeature f) {
        return static_cast<double>(at(pairs[i < j ? indexOf(i, j, n) : indexOf(j, i, n)], f));
    };
    double sum = 0;
    for (const PairValues &p : pairs)
        sum += static_cast<double>(at(p, PairFeature::WordCosine));
    const double mean = pairs.empty() ? 0 : sum / static_cast<double>(pairs.size());
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 1; j < n; ++j) {
            const double cos = value(i, j, PairFeature::WordCosine);
            const double together = value(i, j, PairFeature::FileTogether);
            std::array<int, 2> rank{};
            std::array<int, 2> leanRank{};
            std::array<double, 2> best{};
            for (std::size_t k = 0; k < n; ++k) {
                if (k == i || k == j)
                    continue;
                for (std::size_t side = 0; side < 2; ++side) {
                    const std::size_t self = side == 0 ? i : j;
                    const double other = value(self, k, PairFeature::WordCosine);
                    rank[side] += other > cos;
                    best[side] = std::max(best[side], other);
                    leanRank[side] += value(self, k, PairFeature::FileTogether) > together;
                }
            }
            PairValues &out = pairs[indexOf(i, j, n)];
            put(out, PairFeature::CosineRank, std::min(rank[0], rank[1]));
            put(out, PairFeature::CosineRankWorse, std::max(rank[0], rank[1]));
            put(out, PairFeature::CosineMargin, cos - std::max(best[0], best[1]));
            put(out, PairFeature::CosineMarginBest, cos - std::min(best[0], best[1]));
            put(out, PairFeature::LeanRank, std::min(leanRank[0], leanRank[1]));
            put(out, PairFeature::FileCount, std::log2(static_cast<double>(n)));
            put(out, PairFeature::MeanCosine, mean);
        }
}

std::vector<PairValues> PairComparer::compareAll() const
{
    const std::size_t n = m_files.size();
    std::vector<PairValues> pairs(n < 2 ? 0 : n * (n - 1) / 2);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 1; j < n; ++j) {
            PairValues &out = pairs[indexOf(i, j, n)];
            content(i, j, out);
            sharedWords(i, j, out);
            lines(i, j, out);
            mentions(i, j, out);
            habits(i, j, out);
            paths(i, j, out);
            pathWords(i, j, out);
            shapes(i, j, out);
        }
    relative(pairs);
    return pairs;
}

} // namespace AutoCommit
