#include "core/engine/typehabits.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace AutoCommit {

namespace {

struct Touch
{
    const PathFacts *path;
    char status;
};

enum Level { FileLevel = 1, FolderLevel, FolderClassLevel, ClassesLevel, ClassKindsLevel, ExtensionLevel, SizeLevel };

quint64 typeKey(int level, quint32 a, quint32 b = 0)
{
    return (static_cast<quint64>(level) << 58) ^ (static_cast<quint64>(a) << 20) ^ b;
}

quint32 folderOf(const PathFacts &p)
{
    return p.folders.empty() ? 1 : p.folders.back();
}

quint32 classNumber(const PathFacts &p)
{
    return static_cast<quint32>(p.pathClass) + 1;
}

quint32 classSet(const std::vector<Touch> &touches)
{
    quint32 set = 0;
    for (const Touch &t : touches)
        set |= 1U << classNumber(*t.path);
    return set;
}

quint32 sizeClass(std::size_t n)
{
    return n <= 1 ? 1 : n <= 2 ? 2 : n <= 4 ? 3 : n <= 8 ? 4 : 5;
}

std::vector<quint64> keysAt(int level, const std::vector<Touch> &touches)
{
    const bool anyAdded = std::any_of(touches.begin(), touches.end(), [](const Touch &t) { return t.status == 'A'; });
    if (level == ClassesLevel)
        return {typeKey(level, classSet(touches))};
    if (level == ClassKindsLevel)
        return {typeKey(level, classSet(touches), anyAdded ? 2 : 1)};
    if (level == SizeLevel)
        return {typeKey(level, sizeClass(touches.size()), anyAdded ? 2 : 1)};
    std::set<quint64> keys;
    for (const Touch &t : touches) {
        if (level == FileLevel)
            keys.insert(typeKey(level, t.path->path));
        else if (level == FolderLevel)
            keys.insert(typeKey(level, folderOf(*t.path)));
        else if (level == FolderClassLevel)
            keys.insert(typeKey(level, folderOf(*t.path), classNumber(*t.path)));
        else
            keys.insert(typeKey(level, t.path->ext, classNumber(*t.path)));
    }
    return {keys.begin(), keys.end()};
}

std::vector<Touch> touchesOf(const History &history, std::size_t commit)
{
    std::vector<Touch> touches;
    const auto &paths = history.pathsOf[commit];
    for (std::size_t i = 0; i < paths.size(); ++i)
        touches.push_back({&history.paths[paths[i]].facts, history.statusesOf[commit][static_cast<qsizetype>(i)]});
    return touches;
}

std::vector<Touch> touchesOf(const std::vector<const FileFacts *> &files)
{
    std::vector<Touch> touches;
    for (const FileFacts *f : files) {
        const char status = f->kind == ChangeKind::Added ? 'A' : f->kind == ChangeKind::Deleted ? 'D' : 'M';
        touches.push_back({&f->path, status});
    }
    return touches;
}

} // namespace

const char *typeSourceName(TypeSource source)
{
    constexpr std::array<const char *, typeSourceCount> names{"Repo",       "Recent",        "Previous", "Files",
                                                              "Folders",    "FolderClasses", "Classes",  "ClassKinds",
                                                              "Extensions", "Paths",         "Size"};
    return names[static_cast<std::size_t>(source)];
}

TypeHabits::TypeHabits(const History &history)
    : m_history(history)
    , m_maturity(history.typedMaturity())
{
    constexpr double halfLife = 400;
    constexpr std::size_t largestTold = 60; ///< files
    double total = 0;
    for (std::size_t c = 0; c < history.heads.size(); ++c) {
        if (!history.heads[c])
            continue;
        const auto type = static_cast<std::size_t>(history.heads[c]->type);
        const double weight = std::exp2(-static_cast<double>(c) / halfLife);
        m_prior[type] += weight;
        total += weight;
        if (history.pathsOf[c].size() > largestTold)
            continue;
        const auto touches = touchesOf(history, c);
        for (int level = FileLevel; level <= SizeLevel; ++level) {
            const auto keys = keysAt(level, touches);
            for (const quint64 k : keys)
                m_keyTypes[k][type] += weight / std::sqrt(static_cast<double>(keys.size()));
        }
    }
    // the mix of 60 public repositories stands in for the first commits
    constexpr Counts usual{.22, .3, .13, .06, .13, .04, .03, .07, .01, .01};
    constexpr double usualWeight = 4;
    for (std::size_t t = 0; t < commitTypeCount; ++t)
        m_prior[t] = (m_maturity * m_prior[t] + usualWeight * usual[t]) / (m_maturity * total + usualWeight);
}

TypeVector TypeHabits::share(const Counts &counts, double prior) const
{
    double total = prior;
    for (const double c : counts)
        total += c;
    TypeVector out{};
    for (std::size_t t = 0; t < commitTypeCount; ++t)
        out[t] = static_cast<float>(m_maturity * std::log((counts[t] + prior * m_prior[t]) / total / m_prior[t]));
    return out;
}

TypeHabits::Counts TypeHabits::byKeys(const std::vector<quint64> &keys) const
{
    Counts sum{};
    for (const quint64 k : keys) {
        const auto it = m_keyTypes.constFind(k);
        if (it == m_keyTypes.constEnd())
            continue;
        for (std::size_t t = 0; t < commitTypeCount; ++t)
            sum[t] += (*it)[t] / std::sqrt(static_cast<double>(keys.size()));
    }
    return sum;
}

TypeHabits::Counts TypeHabits::byPaths(const std::vector<const FileFacts *> &files) const
{
    std::map<quint32, int> shared; // ordered: sums of floating point numbers depend on it
    for (const FileFacts *f : files)
        if (const PastPath *p = m_history.find(f->path.path))
            for (const quint32 c : p->commits)
                ++shared[c];
    Counts sum{};
    for (const auto &[commit, n] : shared) {
        if (!m_history.heads[commit])
            continue;
        const auto size = static_cast<double>(m_history.pathsOf[commit].size());
        const double alike = n / (size + static_cast<double>(files.size()) - n);
        sum[static_cast<std::size_t>(m_history.heads[commit]->type)] += 3 * alike * alike;
    }
    return sum;
}

TypeHabits::Counts TypeHabits::ofNewest(std::size_t commits) const
{
    Counts sum{};
    for (std::size_t c = 0; c < std::min(commits, m_history.heads.size()); ++c)
        if (m_history.heads[c])
            sum[static_cast<std::size_t>(m_history.heads[c]->type)] += 1;
    return sum;
}

std::array<TypeVector, typeSourceCount> TypeHabits::evidence(const std::vector<const FileFacts *> &files) const
{
    std::array<TypeVector, typeSourceCount> out{};
    const auto put = [&](TypeSource s, const TypeVector &v) { out[static_cast<std::size_t>(s)] = v; };
    TypeVector prior{};
    for (std::size_t t = 0; t < commitTypeCount; ++t)
        prior[t] = static_cast<float>(std::log(m_prior[t]));
    put(TypeSource::Repo, prior);
    put(TypeSource::Recent, share(ofNewest(15), 5));
    put(TypeSource::Previous, share(ofNewest(1), 2));
    constexpr std::array<std::pair<TypeSource, int>, 7> levels{{{TypeSource::Files, FileLevel},
                                                                {TypeSource::Folders, FolderLevel},
                                                                {TypeSource::FolderClasses, FolderClassLevel},
                                                                {TypeSource::Classes, ClassesLevel},
                                                                {TypeSource::ClassKinds, ClassKindsLevel},
                                                                {TypeSource::Extensions, ExtensionLevel},
                                                                {TypeSource::Size, SizeLevel}}};
    const auto touches = touchesOf(files);
    for (const auto &[source, level] : levels)
        put(source, share(byKeys(keysAt(level, touches)), 1.5));
    put(TypeSource::Paths, share(byPaths(files), 1));
    return out;
}

} // namespace AutoCommit
