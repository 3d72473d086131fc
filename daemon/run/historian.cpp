#include "daemon/run/historian.h"

#include "core/base/log.h"
#include "core/base/protocol.h"
#include "core/service/pauses.h"
#include "core/service/recorder.h"
#include "core/store/historyreader.h"

#include <QSysInfo>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::hours lookedFor{14 * 24}; // an agent may have been away from every network for so long
constexpr int mostLookedFor = 1000;

/// With the number the database gave it and the push that may have followed: what is told live is what a list says.
CommitRecord asStored(Store &store, const CommitRecord &commit)
{
    const Result<QList<CommitRecord>> stored = store.commitsBySha(commit.sha);
    if (!stored)
        return commit;
    const auto at = std::ranges::find_if(
        *stored, [&](const CommitRecord &row) { return row.host == commit.host && row.repo == commit.repo; });
    return at == stored->end() ? commit : *at;
}

} // namespace

Historian::Historian(StoreThread &store, const StoreOptions &options, const Paths &paths, const Clock &clock)
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

void Historian::open()
{
    noted(m_store.ask([](Store &store) { return store.open(); }, 5s), "history:");
}

Historian::News Historian::record(const UnitReport &unit)
{
    News news;
    for (const RunReport &report : unit.reports) {
        if (!isWorthRecording(report, m_paths))
            continue;
        const auto recorded
            = m_store.write([report, host = m_host, now = wallTime(m_clock)](Store &store) -> Result<Recorded> {
                  AC_ASSIGN(Recorded done, recordReport(store, report, host, now));
                  for (CommitRecord &commit : done.commits)
                      commit = asStored(store, commit);
                  return done;
              });
        rememberAttention(report, m_paths);
        if (!noted(recorded, "history:"))
            continue;
        news.commits += recorded->commits;
        if (recorded->error)
            news.error = recorded->error;
    }
    return news;
}

void Historian::noteHost()
{
    const Timestamp now = wallTime(m_clock);
    const HostRecord host{.name = m_host,
                          .version = QStringLiteral(AC_VERSION),
                          .protocol = apiProtocol,
                          .system = QSysInfo::prettyProductName(),
                          .firstSeen = now,
                          .lastSeen = now};
    noted(m_store.write([host](Store &store) { return store.saveHost(host); }), "history: host:");
}

void Historian::recordCycle(CycleRecord &cycle)
{
    const auto id = m_store.write([cycle](Store &store) { return store.recordCycle(cycle); });
    cycle.id = noted(id, "history: cycle:") ? *id : 0;
}

void Historian::saveRows(Catalog &catalog, bool everything)
{
    QList<RepoRecord> rows;
    QList<RepoHead> heads;
    catalog.forEach([&](KnownRepo &repo) {
        const bool looked = repo.snapshot.record.lastLooked != Timestamp();
        if (looked && repo.keptBy.isEmpty() && (everything || !repo.saved))
            rows += repo.snapshot.record;
        repo.saved = true;
    });
    for (const RepoRecord &row : std::as_const(rows))
        if (!row.origin.isEmpty())
            heads += headOf(row);
    if (rows.isEmpty())
        return;
    const Status saved = m_store.write([rows, heads](Store &store) -> Status {
        AC_TRY(store.saveRepos(rows));
        return heads.isEmpty() ? Status() : store.saveHeads(heads);
    });
    noted(saved, "history: repositories:");
}

bool Historian::restore(Catalog &catalog)
{
    const auto rows = m_store.ask([host = m_host](Store &store) { return store.repos(host); });
    const auto errors = m_store.ask([host = m_host](Store &store) {
        return store.standingErrors({.host = host, .limit = HistoryFilter::maxLimit});
    });
    if (!noted(rows, "history: repositories:") || !noted(errors, "history: errors:"))
        return false;
    catalog.restore(*rows, errors->items);
    return true;
}

QList<ReleaseRecord> Historian::releasesDue()
{
    const auto due
        = m_store.ask([host = m_host, now = wallTime(m_clock)](Store &store) { return store.releasesDue(host, now); });
    return noted(due, "history: releases:") ? *due : QList<ReleaseRecord>();
}

void Historian::saveRelease(const ReleaseRecord &release)
{
    noted(m_store.write([release](Store &store) { return store.saveRelease(release); }), "history: release:");
}

std::optional<QList<PauseRecord>> Historian::pauses()
{
    const auto pauses = m_store.ask([host = m_host](Store &store) { return store.pauses(host); });
    if (!noted(pauses, "history: pauses:"))
        return std::nullopt;
    QList<PauseRecord> standing = *pauses;
    standing.removeIf([now = wallTime(m_clock)](const PauseRecord &p) { return !stands(p, now); });
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
    if (views.isEmpty() || m_verifying || m_store.health().late) // a silent server would hold the lane for good
        return;
    m_verifying = true;
    workshop.inSurveyLane([this, views, kit, cancel = workshop.cancel()]() -> std::function<void()> {
        const auto told = HistoryReader(m_location, m_clock)
                              .unverifiedCommits(m_host, wallTime(m_clock) - lookedFor, mostLookedFor);
        QList<CommitRecord> seen = told && !told->isEmpty()
            ? seenOnHub(*told, views, kit->settings().hubAliases, kit->tools(), cancel)
            : QList<CommitRecord>();
        for (CommitRecord &commit : seen) {
            commit.verifiedAt = wallTime(m_clock);
            commit.pushedAt = commit.pushedAt.value_or(*commit.verifiedAt);
        }
        return [this, seen] {
            m_verifying = false;
            if (!seen.isEmpty())
                noted(m_store.write([seen](Store &store) { return store.recordCommits(seen); }),
                      "history: commits of other machines:");
        };
    });
}

void Historian::upkeep(Workshop &workshop)
{
    m_store.post([](Store &store) {
        if (const auto pruned = store.prune({}); !pruned)
            qCWarning(logStore) << "history: old rows:" << pruned.error().message;
    });
    workshop.inSurveyLane([this]() -> std::function<void()> {
        const Status sound = HistoryReader(m_location, m_clock).checkIntegrity();
        if (sound || sound.error().kind != ErrorKind::DatabaseDamaged)
            return [] {};
        return [this] {
            m_store.post([](Store &store) {
                if (const auto repaired = store.check(); !repaired)
                    qCWarning(logStore) << "history: repair:" << repaired.error().message;
            });
        };
    });
}

QStringList Historian::notes() const
{
    QStringList notes;
    const StoreThread::Health health = m_store.health();
    if (health.late)
        notes += u"the history does not answer; %1 entries wait for it"_s.arg(health.queued);
    else if (health.problem)
        notes += u"the history cannot be written (%1); %2 entries wait in memory"_s.arg(health.problem->message)
                     .arg(health.pending);
    if (health.activityLogProblem)
        notes += u"the activity log cannot be written (%1)"_s.arg(health.activityLogProblem->message);
    return notes;
}

} // namespace AutoCommit
