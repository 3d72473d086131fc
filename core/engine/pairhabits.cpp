#include "core/engine/paircomparer.h"

#include <algorithm>
#include <cmath>

namespace AutoCommit {

namespace {

constexpr std::size_t largestTold = 30; ///< a larger commit (import, reformatting) says nothing about habits

quint64 habitKey(int level, quint32 a, quint32 b = 0)
{
    return (static_cast<quint64>(level) << 60) ^ (static_cast<quint64>(a) << 24) ^ b;
}

} // namespace

PairComparer::HabitKeys PairComparer::habitKeys(const PathFacts &p)
{
    constexpr quint32 noFolder = 1;
    const quint32 folder = p.folders.empty() ? noFolder : p.folders.back();
    const quint32 top = p.folders.empty() ? noFolder : p.folders[std::min<std::size_t>(1, p.folders.size() - 1)];
    const auto cls = static_cast<quint32>(p.pathClass) + 1;
    return {habitKey(1, p.path), habitKey(2, folder), habitKey(3, folder, cls),
            habitKey(4, top),    habitKey(5, cls),    habitKey(6, p.ext, cls)};
}

void PairComparer::prepareHabits()
{
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        PerFile &per = m_per[i];
        per.known = m_history.find(m_files[i].path.path);
        per.keys = habitKeys(m_files[i].path);
        for (const quint64 k : per.keys)
            m_keyCommits.insert(k, {});
        if (per.known)
            countSizes(per);
    }
    countHabits();
}

void PairComparer::countSizes(PerFile &per) const
{
    double commits = 0;
    double solo = 0;
    double sizes = 0;
    for (const quint32 c : per.known->commits) {
        if (!m_history.tellsHabits(c))
            continue;
        const auto size = static_cast<double>(m_history.pathsOf[c].size());
        ++commits;
        solo += size <= 1 ? 1 : 0;
        sizes += std::log2(size);
    }
    if (commits == 0)
        return;
    per.solo = solo / commits;
    per.size = sizes / commits;
}

void PairComparer::countHabits()
{
    QHash<quint64, int> inCommit;
    for (std::size_t c = 0; c < m_history.pathsOf.size(); ++c) {
        const auto &paths = m_history.pathsOf[c];
        if (paths.size() > largestTold || !m_history.tellsHabits(c))
            continue;
        inCommit.clear();
        for (const quint32 id : paths)
            for (const quint64 k : habitKeys(m_history.paths[id].facts)) {
                const auto it = m_keyCommits.find(k);
                if (it == m_keyCommits.end())
                    continue;
                if (it->empty() || it->back() != c)
                    it->push_back(static_cast<quint32>(c));
                if (++inCommit[k] == 2)
                    ++m_keySeveral[k];
            }
    }
}

/// Log-odds of one commit holding both against two commits close by holding one each.
double PairComparer::lean(quint64 a, quint64 b) const
{
    const auto &ca = m_keyCommits.constFind(a).value();
    if (a == b) {
        const double several = m_keySeveral.value(a, 0);
        return std::log((several + 0.5) / (static_cast<double>(ca.size()) - several + 1.0));
    }
    const auto &cb = m_keyCommits.constFind(b).value();
    double together = 0;
    double apart = 0;
    constexpr qint64 reach = 3;
    std::size_t low = 0;
    for (const quint32 c : ca) {
        while (low < cb.size() && static_cast<qint64>(cb[low]) < static_cast<qint64>(c) - reach)
            ++low;
        bool same = false;
        bool close = false;
        for (std::size_t k = low; k < cb.size() && static_cast<qint64>(cb[k]) <= static_cast<qint64>(c) + reach; ++k) {
            same = same || cb[k] == c;
            close = true;
        }
        together += same ? 1 : 0;
        apart += !same && close ? 1 : 0;
    }
    return std::log((together + 0.5) / (apart + 1.0));
}

void PairComparer::habits(std::size_t i, std::size_t j, PairValues &out) const
{
    const PerFile &a = m_per[i];
    const PerFile &b = m_per[j];
    const auto &ca = m_keyCommits.constFind(a.keys[0]).value();
    const auto &cb = m_keyCommits.constFind(b.keys[0]).value();
    const auto both = static_cast<double>(countCommon(ca, cb));
    // What lean() is taken to be where commits do not tell; the second was chosen on changes seen without a past.
    constexpr double usualAlike = -0.7;
    constexpr double usualApart = -1.5;
    const auto usual = [&](std::size_t level) { return a.keys[level] == b.keys[level] ? usualAlike : usualApart; };
    const auto put = [&](PairValues &values, PairFeature feature, double told, double untold = 0) {
        AutoCommit::put(values, feature, untold + m_maturity * (told - untold));
    };
    const auto fewer = static_cast<double>(std::min(ca.size(), cb.size()));
    put(out, PairFeature::FileTogether, both / (fewer + 1));
    put(out, PairFeature::FileTogetherCount, std::log2(1 + both));
    put(out, PairFeature::FileLean, ca.empty() || cb.empty() ? 0 : lean(a.keys[0], b.keys[0]));
    put(out, PairFeature::FolderLean, lean(a.keys[1], b.keys[1]), usual(1));
    put(out, PairFeature::FolderClassLean, lean(a.keys[2], b.keys[2]), usual(2));
    put(out, PairFeature::TopLean, lean(a.keys[3], b.keys[3]), usual(3));
    put(out, PairFeature::ClassLean, lean(a.keys[4], b.keys[4]), usual(4));
    put(out, PairFeature::ExtLean, lean(a.keys[5], b.keys[5]), usual(5));
    put(out, PairFeature::SoloLess, std::min(a.solo, b.solo), -1);
    put(out, PairFeature::SoloMore, std::max(a.solo, b.solo), -1);
    put(out, PairFeature::SizeLess, std::min(a.size, b.size), -1);
    put(out, PairFeature::SizeMore, std::max(a.size, b.size), -1);
    put(out, PairFeature::KnownFiles, (a.known ? 1 : 0) + (b.known ? 1 : 0));
    put(out, PairFeature::RepoSize, m_repoSize, m_repoSize);
    put(out, PairFeature::RepoSolo, m_repoSolo, m_repoSolo);
}

} // namespace AutoCommit
