#include "core/engine/scopehabit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace AutoCommit {

namespace {

/// Scopes by weight; the empty one counts the commits that went without.
class Votes
{
public:
    Votes(const History &history, const std::vector<PathFacts> &paths)
        : m_history(history)
        , m_paths(paths)
    { }

    /// `near`: of the very file or its folder. What is said of other folders below a common one may be their name.
    void add(const std::vector<quint32> &commits, bool near)
    {
        constexpr std::size_t newest = 60;
        constexpr double halfLife = 200;
        for (std::size_t i = 0; i < std::min(newest, commits.size()); ++i) {
            const auto &head = m_history.heads[commits[i]];
            if (!head || m_history.pathsOf[commits[i]].empty() || (m_young && !m_history.tellsHabits(commits[i])))
                continue;
            if (!near && namesAnotherFolder(head->scope, commits[i]))
                continue;
            const double small = 1.0 / std::sqrt(static_cast<double>(m_history.pathsOf[commits[i]].size()));
            const double weight = small * std::exp2(-static_cast<double>(commits[i]) / halfLife);
            m_votes[head->scope] += weight;
            m_total += weight;
            m_commits[head->scope].insert(commits[i]);
        }
    }

    bool enough() const { return m_total >= 0.5; }

    QByteArray winner() const
    {
        QByteArray best;
        double most = 0;
        for (const auto &[scope, weight] : m_votes)
            if (weight > most) {
                most = weight;
                best = scope;
            }
        const std::size_t fewest = m_young && !isInPath(best) ? 2 : 1; // one of a few commits is no habit
        return most > 0 && m_commits.at(best).size() >= fewest ? best : QByteArray();
    }

private:
    /// feat(parser) for src/parser.js: a name that both the path and a commit give the thing is its name.
    bool isInPath(const QByteArray &scope) const
    {
        const quint32 word = stableHash(scope.toLower());
        return !scope.isEmpty() && std::ranges::any_of(m_paths, [&](const PathFacts &path) {
            return path.stem == word || std::ranges::binary_search(path.words, word);
        });
    }

    /// feat(parser) for src/parser/a.js says nothing of src/lexer.
    bool namesAnotherFolder(const QByteArray &scope, quint32 commit) const
    {
        const quint32 name = stableHash(scope.toLower());
        const auto has
            = [name](const PathFacts &path) { return std::ranges::find(path.parts, name) != path.parts.end(); };
        return !scope.isEmpty() && !isInPath(scope) && std::ranges::none_of(m_paths, has)
            && std::ranges::any_of(m_history.pathsOf[commit],
                                   [&](quint32 index) { return has(m_history.paths[index].facts); });
    }

    const History &m_history;
    const std::vector<PathFacts> &m_paths;
    const bool m_young = m_history.typedMaturity() < 1;
    std::map<QByteArray, double> m_votes;
    std::map<QByteArray, std::set<quint32>> m_commits;
    double m_total = 0;
};

} // namespace

QByteArray usualScope(const ChangeSet &change, const QList<qsizetype> &files, const History &history)
{
    std::vector<PathFacts> paths;
    for (const qsizetype i : files)
        paths.push_back(pathFacts(change.files[i].path));
    Votes own(history, paths);
    for (const PathFacts &path : paths)
        if (const PastPath *past = history.find(path.path))
            own.add(past->commits, true);
    if (own.enough())
        return own.winner();
    for (std::size_t up = 0; up < 3; ++up) {
        Votes votes(history, paths);
        for (const PathFacts &path : paths) {
            if (up >= path.folders.size())
                continue;
            const quint32 folder = path.folders[path.folders.size() - 1 - up];
            if (const auto it = history.folderCommits.constFind(folder); it != history.folderCommits.constEnd())
                votes.add(*it, up == 0);
        }
        if (votes.enough())
            return votes.winner();
    }
    return {};
}

} // namespace AutoCommit
