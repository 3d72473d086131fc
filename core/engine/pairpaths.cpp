#include "core/engine/paircomparer.h"

#include <algorithm>
#include <cmath>

namespace AutoCommit {

double PairComparer::pathRarity(quint32 word) const
{
    return std::log((static_cast<double>(m_history.paths.size()) + 2) / (m_pathsWithWord.value(word, 0) + 1.0));
}

void PairComparer::preparePaths()
{
    for (const PastPath &p : m_history.paths)
        for (const quint32 w : p.facts.words)
            ++m_pathsWithWord[w];
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        PerFile &per = m_per[i];
        for (const quint32 w : m_files[i].path.words)
            per.path.push_back({w, static_cast<float>(pathRarity(w))});
        // both lists are sorted: a merge that adds up what stands in both
        const auto &lines = m_files[i].words;
        for (std::size_t x = 0, y = 0; x < lines.size() || y < per.path.size();) {
            const bool line = y == per.path.size() || (x < lines.size() && lines[x].hash <= per.path[y].hash);
            const bool path = x == lines.size() || (y < per.path.size() && per.path[y].hash <= lines[x].hash);
            Weighted sum{line ? lines[x].hash : per.path[y].hash, 0};
            if (line) {
                const WordCount &w = lines[x++];
                sum.weight
                    = static_cast<float>(std::log1p(w.added + w.removed + 0.5 * w.context) * m_history.rarity(w.hash));
            }
            if (path)
                sum.weight += per.path[y++].weight;
            per.mixed.push_back(sum);
        }
        scaleToLengthOne(per.path);
        scaleToLengthOne(per.mixed);
    }
}

void PairComparer::pathWords(std::size_t i, std::size_t j, PairValues &out) const
{
    double rarest = 0;
    for (const quint32 w : m_files[i].path.words)
        if (std::binary_search(m_files[j].path.words.begin(), m_files[j].path.words.end(), w))
            rarest = std::max(rarest, pathRarity(w));
    put(out, PairFeature::PathRarity, rarest);
    put(out, PairFeature::PathTfidf, cosine(m_per[i].path, m_per[j].path));
    put(out, PairFeature::MixedCosine, cosine(m_per[i].mixed, m_per[j].mixed));
}

void PairComparer::paths(std::size_t i, std::size_t j, PairValues &out) const
{
    const PathFacts &a = m_files[i].path;
    const PathFacts &b = m_files[j].path;
    const bool stem = a.stem != 0 && a.stem == b.stem;
    put(out, PairFeature::SameStem, stem ? static_cast<double>(std::min<qsizetype>(a.stemLength, 12)) : 0);
    put(out, PairFeature::TestPair,
        stem && (a.pathClass == PathClass::Test) != (b.pathClass == PathClass::Test) ? 1 : 0);
    std::size_t shared = 0;
    while (shared < std::min(a.folders.size(), b.folders.size()) && a.folders[shared] == b.folders[shared])
        ++shared;
    put(out, PairFeature::SameFolder, shared == a.folders.size() && shared == b.folders.size() ? 1 : 0);
    put(out, PairFeature::FolderDistance, static_cast<double>(a.folders.size() + b.folders.size() - 2 * shared));
    put(out, PairFeature::CommonFolders, static_cast<double>(shared));
    // from the side of the shorter path, so that the order of the two does not matter
    const auto &fewer = a.parts.size() <= b.parts.size() ? a.parts : b.parts;
    const auto &more = a.parts.size() <= b.parts.size() ? b.parts : a.parts;
    const auto alike = std::count_if(fewer.begin(), fewer.end(), [&](quint32 part) {
        return std::find(more.begin(), more.end(), part) != more.end();
    });
    put(out, PairFeature::MirrorFolder,
        static_cast<double>(alike) / static_cast<double>(std::max<std::size_t>(1, more.size())));
    put(out, PairFeature::SameBase, a.base == b.base ? 1 : 0);
    put(out, PairFeature::SameExt, a.ext == b.ext ? 1 : 0);
    put(out, PairFeature::PathCosine,
        static_cast<double>(countCommon(a.words, b.words))
            / std::sqrt(static_cast<double>(std::max<std::size_t>(1, a.words.size() * b.words.size()))));
    const int ca = static_cast<int>(a.pathClass);
    const int cb = static_cast<int>(b.pathClass);
    put(out, PairFeature::ClassPair, std::min(ca, cb) * pathClassCount + std::max(ca, cb));
    const int ka = static_cast<int>(m_files[i].kind);
    const int kb = static_cast<int>(m_files[j].kind);
    put(out, PairFeature::KindPair, std::min(ka, kb) * 6 + std::max(ka, kb));
}

void PairComparer::shapes(std::size_t i, std::size_t j, PairValues &out) const
{
    const FileFacts &a = m_files[i];
    const FileFacts &b = m_files[j];
    const double la = std::log2(1.0 + a.addedLines + a.removedLines);
    const double lb = std::log2(1.0 + b.addedLines + b.removedLines);
    put(out, PairFeature::LinesLess, std::min(la, lb));
    put(out, PairFeature::LinesMore, std::max(la, lb));
    const double wa = std::log2(1.0 + static_cast<double>(a.words.size()));
    const double wb = std::log2(1.0 + static_cast<double>(b.words.size()));
    put(out, PairFeature::WordsLess, std::min(wa, wb));
    put(out, PairFeature::WordsMore, std::max(wa, wb));
    const double na = std::max(1, a.shape.added[0] + a.shape.removed[0]);
    const double nb = std::max(1, b.shape.added[0] + b.shape.removed[0]);
    double distance = 0;
    for (std::size_t t = 1; t < lineTraitCount; ++t)
        distance
            += std::abs((a.shape.added[t] + a.shape.removed[t]) / na - (b.shape.added[t] + b.shape.removed[t]) / nb);
    put(out, PairFeature::ShapeDistance, distance);
    put(out, PairFeature::AdditiveDistance,
        std::abs(a.addedLines / std::max(1.0, static_cast<double>(a.addedLines + a.removedLines))
                 - b.addedLines / std::max(1.0, static_cast<double>(b.addedLines + b.removedLines))));
}

} // namespace AutoCommit
