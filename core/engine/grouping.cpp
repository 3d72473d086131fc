#include "core/engine/grouping.h"

#include "core/engine/enginetables.h"
#include "core/engine/groupwork.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace AutoCommit {

namespace {

/// Files in the byte order of their paths, so that everything behind is blind to the order they came in.
std::vector<qsizetype> sortedByPath(const ChangeSet &change)
{
    std::vector<qsizetype> order(static_cast<std::size_t>(change.files.size()));
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](qsizetype a, qsizetype b) { return change.files[a].path < change.files[b].path; });
    return order;
}

std::vector<Linkage::Group> joinBonds(std::size_t files, const std::vector<Nucleus> &bonds)
{
    std::vector<std::size_t> top(files);
    std::iota(top.begin(), top.end(), 0);
    for (const Nucleus &bond : bonds) {
        const std::size_t from = std::max(top[bond.a], top[bond.b]);
        const std::size_t to = std::min(top[bond.a], top[bond.b]);
        std::replace(top.begin(), top.end(), from, to);
    }
    std::vector<Linkage::Group> groups;
    for (std::size_t root = 0; root < files; ++root) {
        Linkage::Group group;
        for (std::size_t i = 0; i < files; ++i)
            if (top[i] == root)
                group.push_back(i);
        if (!group.empty())
            groups.push_back(std::move(group));
    }
    return groups;
}

} // namespace

/// All state of one grouping; files are numbered in the order of their paths here.
struct Grouper::Work : GroupWork
{
    std::vector<Linkage::Group> found;
    QList<ChangeGroup> groups;
    std::vector<std::size_t> positionOf; ///< by index into ChangeSet::files

    Status run(const ChangeSet &change, const History &history);
    Status compare(const History &history);
    void link(const TreeTable &mergeTable, const PairComparer &comparer);
    QList<Reason> groupReasons(const Linkage::Group &group) const;
    QList<Reason> told(QList<Reason> list) const;
};

Status Grouper::Work::run(const ChangeSet &change, const History &history)
{
    order = sortedByPath(change);
    positionOf.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        positionOf[static_cast<std::size_t>(order[i])] = i;
        files.append(change.files[order[i]]);
        paths.push_back(pathFacts(files.last().path));
    }
    bonds = findNuclei(files, paths);
    found = joinBonds(order.size(), bonds);
    if (change.files.size() > largestCompared) {
        found.assign(1, Linkage::Group(order.size()));
        std::iota(found.front().begin(), found.front().end(), 0);
    } else if (order.size() > 1) {
        AC_TRY(compare(history));
    }
    for (const Linkage::Group &group : found) {
        ChangeGroup out;
        for (const std::size_t i : group)
            out.files.append(order[i]);
        std::sort(out.files.begin(), out.files.end());
        out.reasons = groupReasons(group);
        groups.append(out);
    }
    return {};
}

Status Grouper::Work::compare(const History &history)
{
    AC_ASSIGN(pairTable, loadPairTable());
    AC_ASSIGN(const TreeTable mergeTable, loadMergeTable());
    for (const FileChange &file : files)
        facts.push_back(fileFacts(file, {}, &names));
    past = &history;
    const PairComparer comparer(facts, history);
    pairs = comparer.compareAll();
    for (const PairValues &values : pairs)
        odds.push_back(pairTable.score(values));
    link(mergeTable, comparer);
    return {};
}

void Grouper::Work::link(const TreeTable &mergeTable, const PairComparer &comparer)
{
    Linkage linkage({.files = facts.size(),
                     .odds = odds,
                     .pairs = pairs,
                     .repoSize = comparer.repoSize(),
                     .repoSolo = comparer.repoSolo()},
                    found);
    constexpr double doubt = 0.8; // log-odds; of 0 to 1.2 the best on changes seen without a past
    const double enough = doubt * (1 - past->maturity());
    while (linkage.canMerge() && mergeTable.score(linkage.nextValues()) > enough)
        linkage.merge();
    found = linkage.groups();
    std::sort(found.begin(), found.end());
}

/// Of every file the strongest link into its group, and what that link rests on.
QList<Reason> Grouper::Work::groupReasons(const Linkage::Group &group) const
{
    if (order.size() == 1)
        return {{.kind = ReasonKind::OneFile, .a = 0}};
    if (pairs.empty())
        return {{.kind = ReasonKind::TooMany, .count = static_cast<int>(order.size())}};
    QList<Reason> all;
    for (const std::size_t i : group) {
        std::size_t best = i;
        for (const std::size_t j : group)
            if (j != i && (best == i || strength(i, j) > strength(i, best)))
                best = j;
        if (best != i)
            if (const QList<Reason> link = reasons(std::min(i, best), std::max(i, best), true); !link.isEmpty())
                all.append(link.first());
    }
    std::stable_sort(all.begin(), all.end(), [](const Reason &a, const Reason &b) { return a.weight > b.weight; });
    QList<Reason> kept;
    std::set<std::pair<int, QByteArray>> seen;
    for (const Reason &reason : told(all))
        if (kept.size() < 3 && seen.insert({static_cast<int>(reason.kind), reason.subject}).second)
            kept.append(reason);
    return kept;
}

/// Reasons with the caller's file numbers.
QList<Reason> Grouper::Work::told(QList<Reason> list) const
{
    for (Reason &reason : list) {
        reason.a = reason.a < 0 ? -1 : order[static_cast<std::size_t>(reason.a)];
        reason.b = reason.b < 0 ? -1 : order[static_cast<std::size_t>(reason.b)];
    }
    return list;
}

bool needsPastDiffs(const ChangeSet &change)
{
    if (change.files.size() < 2 || change.files.size() > largestCompared)
        return false;
    std::vector<PathFacts> paths;
    for (const FileChange &file : change.files)
        paths.push_back(pathFacts(file.path));
    return joinBonds(paths.size(), findNuclei(change.files, paths)).size() > 1;
}

Grouper::Grouper(std::unique_ptr<Work> work)
    : m_work(std::move(work))
{ }
Grouper::~Grouper() = default;
Grouper::Grouper(Grouper &&) noexcept = default;
Grouper &Grouper::operator=(Grouper &&) noexcept = default;

Result<Grouper> Grouper::make(const ChangeSet &change, const History &history)
{
    auto work = std::make_unique<Work>();
    AC_TRY(work->run(change, history));
    return Grouper(std::move(work));
}

const QList<ChangeGroup> &Grouper::groups() const
{
    return m_work->groups;
}

double Grouper::odds(qsizetype a, qsizetype b) const
{
    return m_work->pairs.empty() || a == b ? 0
                                           : m_work->oddsOf(m_work->positionOf[static_cast<std::size_t>(a)],
                                                            m_work->positionOf[static_cast<std::size_t>(b)]);
}

QList<Reason> Grouper::reasons(qsizetype a, qsizetype b) const
{
    if (a == b)
        return {};
    if (m_work->pairs.empty())
        return {{.kind = ReasonKind::TooMany, .count = static_cast<int>(m_work->order.size())}};
    const std::size_t i = m_work->positionOf[static_cast<std::size_t>(a)];
    const std::size_t j = m_work->positionOf[static_cast<std::size_t>(b)];
    const bool together = std::any_of(m_work->found.begin(), m_work->found.end(), [&](const Linkage::Group &g) {
        return std::find(g.begin(), g.end(), i) != g.end() && std::find(g.begin(), g.end(), j) != g.end();
    });
    return m_work->told(m_work->reasons(std::min(i, j), std::max(i, j), together));
}

Result<QList<ChangeGroup>> groupChanges(const ChangeSet &change, const History &history)
{
    AC_ASSIGN(const Grouper grouper, Grouper::make(change, history));
    return grouper.groups();
}

Result<QStringList> explainTogether(const ChangeSet &change, const History &history, qsizetype a, qsizetype b)
{
    AC_ASSIGN(const Grouper grouper, Grouper::make(change, history));
    QStringList sentences;
    for (const Reason &reason : grouper.reasons(a, b))
        sentences.append(toSentence(reason));
    return sentences;
}

} // namespace AutoCommit
