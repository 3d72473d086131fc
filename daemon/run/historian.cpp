#include "daemon/run/historian.h"

#include "core/base/log.h"
#include "core/base/protocol.h"
#include "core/service/recorder.h"
#include "core/store/historyreader.h"
#include "core/store/store.h"

#include <QSysInfo>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::hours lookedFor{14 * 24}; // an agent may have been away from every network for so long
constexpr int mostLookedFor = 1000;

} // namespace

Historian::Historian(Store &store, const StoreOptions &options, const Paths &paths, const Clock &clock)
    : m_store(store)
    , m_location(options.location)
    , m_paths(paths)
    , m_host(options.host)
    , m_clock(clock)
{ }

template <typename Answer> bool Historian::noted(const Answer &answer, const char *what) const
{
    if (!answer)
        qCWarning(logStore) << what << answer.error().message;
    return answer.ok();
}

/// With the number the database gave it and the push that may have followed: what is told live is what a list says.
CommitRecord Historian::asStored(const CommitRecord &commit)
{
    const Result<QList<CommitRecord>> stored = m_store.commitsBySha(commit.sha);
    if (!noted(stored, "history: commit:"))
        return commit;
    const auto at = std::ranges::find_if(
        *stored, [&](const CommitRecord &row) { return row.host == commit.host && row.repo == commit.repo; });
    return at == stored->end() ? commit : *at;
}

Historian::News Historian::record(const UnitReport &unit)
{
    News news;
    for (const RunReport &report : unit.reports) {
        if (!isWorthRecording(report, m_paths))
            continue;
        const Result<Recorded> recorded = recordReport(m_store, report, m_host, wallTime(m_clock));
        rememberAttention(report, m_paths);
        if (!noted(recorded, "history:"))
            continue;
        for (const CommitRecord &commit : recorded->commits)
            news.commits += asStored(commit);
        if (recorded->error)
            news.error = recorded->error;
    }
    return news;
}

void Historian::noteHost()
{
    const Timestamp now = wallTime(m_clock);
    noted(m_store.saveHost({.name = m_host,
                            .version = QStringLiteral(AC_VERSION),
                            .protocol = apiProtocol,
                            .system = QSysInfo::prettyProductName(),
                            .firstSeen = now,
                            .lastSeen = now}),
          "history: host:");
}

void Historian::recordCycle(const CycleRecord &cycle)
{
    noted(m_store.recordCycle(cycle), "history: cycle:");
}

void Historian::saveRows(Catalog &catalog, bool everything)
{
    QList<RepoRecord> rows;
    QList<RepoHead> heads;
    catalog.forEach([&](KnownRepo &repo) {
        const bool looked = repo.snapshot.record.lastLooked != Timestamp();
        if (looked && (everything || !repo.saved))
            rows += repo.snapshot.record;
        repo.saved = true;
    });
    for (const RepoRecord &row : std::as_const(rows))
        if (!row.origin.isEmpty())
            heads += headOf(row);
    if (!rows.isEmpty())
        noted(m_store.saveRepos(rows), "history: repositories:");
    if (!heads.isEmpty())
        noted(m_store.saveHeads(heads), "history: heads:");
}

void Historian::restore(Catalog &catalog)
{
    const auto rows = m_store.repos(m_host);
    const auto errors = m_store.standingErrors({.host = m_host, .limit = HistoryFilter::maxLimit});
    if (noted(rows, "history: repositories:") && noted(errors, "history: errors:"))
        catalog.restore(*rows, errors->items);
}

QList<ReleaseRecord> Historian::releasesDue()
{
    const auto due = m_store.releasesDue(m_host, wallTime(m_clock));
    return noted(due, "history: releases:") ? *due : QList<ReleaseRecord>();
}

void Historian::saveRelease(const ReleaseRecord &release)
{
    noted(m_store.saveRelease(release), "history: release:");
}

std::optional<QList<PauseRecord>> Historian::pauses()
{
    const auto pauses = m_store.pauses(m_host);
    if (!noted(pauses, "history: pauses:"))
        return std::nullopt;
    QList<PauseRecord> standing = *pauses;
    standing.removeIf([now = wallTime(m_clock)](const PauseRecord &p) { return p.until && *p.until <= now; });
    return standing;
}

void Historian::verifyOthers(const Catalog &catalog, Workshop &workshop, const std::shared_ptr<const RunKit> &kit)
{
    QList<HubView> views;
    catalog.forEach([&](const KnownRepo &repo) {
        const RepoRecord &row = repo.snapshot.record;
        if (!row.origin.isEmpty() && !row.upstream.isEmpty() && !repo.unit.workTrees.isEmpty())
            views += {row.origin, repo.unit.workTrees.first(), row.upstream.section(u'/', 0, 0)};
    });
    if (views.isEmpty())
        return;
    workshop.inSurveyLane([this, views, kit, cancel = workshop.cancel()]() -> std::function<void()> {
        const auto told = HistoryReader(m_location, m_clock)
                              .unverifiedCommits(m_host, wallTime(m_clock) - lookedFor, mostLookedFor);
        QList<CommitRecord> seen
            = told && !told->isEmpty() ? seenOnHub(*told, views, kit->tools(), cancel) : QList<CommitRecord>();
        for (CommitRecord &commit : seen) {
            commit.verifiedAt = wallTime(m_clock);
            commit.pushedAt = commit.pushedAt.value_or(*commit.verifiedAt);
        }
        return [this, seen] {
            if (!seen.isEmpty())
                noted(m_store.recordCommits(seen), "history: commits of other machines:");
        };
    });
}

void Historian::upkeep(Workshop &workshop)
{
    noted(m_store.prune({}), "history: old rows:");
    workshop.inSurveyLane([this]() -> std::function<void()> {
        const Status sound = HistoryReader(m_location, m_clock).checkIntegrity();
        if (sound || sound.error().kind != ErrorKind::DatabaseDamaged)
            return [] {};
        return [this] { noted(m_store.check(), "history: repair:"); };
    });
}

QStringList Historian::notes() const
{
    QStringList notes;
    if (const auto problem = m_store.problem())
        notes += u"the history cannot be written (%1); %2 entries wait in memory"_s.arg(problem->message)
                     .arg(m_store.pending());
    if (const auto problem = m_store.activityLogProblem())
        notes += u"the activity log cannot be written (%1)"_s.arg(problem->message);
    return notes;
}

} // namespace AutoCommit
