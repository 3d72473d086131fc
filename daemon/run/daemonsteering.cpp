#include "core/base/log.h"
#include "core/config/listening.h"
#include "core/doctor/doctor.h"
#include "core/git/remoteurl.h"
#include "core/recovery/stallfile.h"
#include "core/service/pauses.h"
#include "core/service/undo.h"
#include "daemon/run/daemon.h"

#include <algorithm>

// What the HTTP side and signals ask of the daemon; how it runs is in daemon.cpp.

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto stopTime = 10s; // SAFETY row 24

AutoCommit::Status notThere(const QString &id)
{
    return Error{ErrorKind::Usage, u"there is no repository %1 here"_s.arg(id)};
}

/// Webhooks ask, too, but nobody sits and waits.
OnBehalf onBehalfOf(const QString &reason)
{
    return reason == u"user" ? OnBehalf::Person : OnBehalf::Nobody;
}

Error pausedError(const PauseRecord &pause, const QString &workTree = {})
{
    return {ErrorKind::Usage, pausedText(pause, workTree)};
}

/// The wall clock's moment of a monotonic one, for people.
Timestamp asTimestamp(Clock::Monotonic moment, const Clock &clock)
{
    return wallTime(clock) + std::chrono::duration_cast<std::chrono::milliseconds>(moment - clock.monotonic());
}

QString coordinatorState(ModelHealth::State state)
{
    switch (state) {
    case ModelHealth::State::Unset:
        return u"unset"_s;
    case ModelHealth::State::Ok:
        return u"ok"_s;
    case ModelHealth::State::Down:
        return u"down"_s;
    case ModelHealth::State::Unknown:
        break;
    }
    return u"unknown"_s;
}

CoordinatorSnapshot coordinatorOf(const RunKit &kit)
{
    const ModelHealth health = kit.models().health();
    if (health.state == ModelHealth::State::Unset)
        return {.url = {}, .state = u"unset"_s};
    return {.url = normalisedUrl(kit.settings().coordinatorUrl.value(0)),
            .state = coordinatorState(health.state),
            .checkedAt = health.at};
}

} // namespace

// --- looking

DaemonSnapshot Daemon::status() const
{
    const CycleState &cycle = m_scheduler.cycle();
    bool attention = false;
    m_catalog.forEach([&](const KnownRepo &repo) { attention = attention || repo.snapshot.error.has_value(); });
    const bool busy = m_scheduler.isBusy() || cycle.running;
    const bool starts = cycle.number == 0 && !m_scheduler.isHeld();
    DaemonSnapshot status{.name = m_options.name,
                          .host = m_historian.host(),
                          .startedAt = m_startedAt,
                          .state = m_stopping ? u"stopping"_s
                              : starts        ? u"starting"_s
                              : m_pause       ? u"paused"_s
                              : busy          ? u"working"_s
                              : attention     ? u"attention"_s
                                              : u"idle"_s,
                          .pause = m_pause,
                          .holds = m_surroundings.holds(),
                          .watch = m_events.snapshot(),
                          .coordinator = coordinatorOf(*m_kit),
                          .notes = m_historian.notes() + m_surroundings.notes()};
    qsizetype kept = 0;
    QString keeper;
    m_catalog.forEach([&](const KnownRepo &repo) {
        if (!repo.keptBy.isEmpty() && kept++ == 0)
            keeper = repo.keptBy;
    });
    if (kept > 0)
        status.notes += u"%1 of the repositories are only read here: %2 looks after them"_s.arg(kept).arg(keeper);
    status.cycle = {.number = cycle.number,
                    .running = cycle.running,
                    .reason = cycle.reason,
                    .done = cycle.done,
                    .total = cycle.total};
    if (cycle.number > 0)
        status.cycle.startedAt = m_cycle.startedAt;
    if (cycle.number > 0 && !cycle.running)
        status.cycle.finishedAt = m_cycle.finishedAt;
    if (const auto next = m_scheduler.nextCycle(); next && !cycle.running)
        status.cycle.nextAt = asTimestamp(*next, m_clock);
    return status;
}

QList<RepoSnapshot> Daemon::repos() const
{
    QList<RepoSnapshot> all;
    m_catalog.forEach([&](const KnownRepo &repo) { all += repo.snapshot; });
    return all;
}

std::optional<RepoSnapshot> Daemon::repo(const QString &id) const
{
    const KnownRepo *known = m_catalog.find(id);
    return known ? std::optional(known->snapshot) : std::nullopt;
}

// --- running

Result<qint64> Daemon::startCycle(const QString &reason)
{
    if (m_pause)
        return pausedError(*m_pause);
    const CycleState &cycle = m_scheduler.cycle();
    const bool doesEverything = m_surroundings.holds().isEmpty();
    if (cycle.running && !m_discovering && doesEverything)
        return cycle.number;
    discover(reason, onBehalfOf(reason));
    return cycle.number + 1;
}

AutoCommit::Status Daemon::syncRepo(const QString &id, const QString &reason)
{
    const KnownRepo *known = m_catalog.find(id);
    if (!known)
        return notThere(id);
    if (m_pause)
        return pausedError(*m_pause);
    if (known->snapshot.record.pause)
        return pausedError(*known->snapshot.record.pause, known->unit.workTrees.value(0));
    if (reason == u"user"_s) { // what a recovery put off, or what failed the same way before, is tried all the same
        for (const QString &path : known->unit.workTrees)
            if (const auto location = locateRepository(path); location)
                StallFile(*location).clear();
    }
    m_reasons.insert(id, reason);
    m_scheduler.request(id, reason == u"user" ? OnBehalf::Person : OnBehalf::Nobody);
    arm();
    return {};
}

Result<int> Daemon::syncOrigin(const QString &origin, const QString &reason)
{
    const QStringList &aliases = m_kit->settings().hubAliases;
    const QString wanted = normalisedUrl(origin, aliases);
    QStringList ids;
    m_catalog.forEach([&](const KnownRepo &repo) {
        if (!origin.isEmpty() && normalisedUrl(repo.snapshot.record.origin, aliases) == wanted)
            ids += repo.unit.id;
    });
    for (const QString &id : std::as_const(ids))
        if (const auto started = syncRepo(id, reason); !started)
            qCInfo(logService) << reason << started.error().message;
    return static_cast<int>(ids.size());
}

// --- pausing

AutoCommit::Status Daemon::pause(const PauseRecord &pause)
{
    if (!pause.repo.isEmpty() && !m_catalog.find(pause.repo))
        return notThere(pause.repo);
    PauseRecord record = pause;
    record.host = m_historian.host();
    if (record.since == Timestamp())
        record.since = wallTime(m_clock);
    if (record.until && *record.until <= record.since)
        return Error{ErrorKind::Usage, u"the pause would be over before it began"_s};
    const AutoCommit::Status written = m_store.write([record](Store &store) { return store.pause(record); });
    setPause(record.repo, record);
    return written;
}

AutoCommit::Status Daemon::resume(const QString &repo)
{
    if (!repo.isEmpty() && !m_catalog.find(repo))
        return notThere(repo);
    const AutoCommit::Status written
        = m_store.write([host = m_historian.host(), repo](Store &store) { return store.resume(host, repo); });
    setPause(repo, std::nullopt);
    if (repo.isEmpty() && !m_scheduler.isHeld())
        discover(u"user"_s);
    else if (!repo.isEmpty())
        m_scheduler.request(repo);
    return written;
}

void Daemon::setPause(const QString &repo, const std::optional<PauseRecord> &pause)
{
    if (repo.isEmpty()) {
        m_pause = pause;
        m_scheduler.pauseAll(pause.has_value());
    } else if (KnownRepo *known = m_catalog.find(repo)) {
        known->snapshot.record.pause = pause;
        m_scheduler.pause(repo, pause.has_value());
        Q_EMIT repoChanged(repo);
    }
    arm();
    Q_EMIT statusChanged();
}

/// The history has the last word: another process may have paused, and pauses end.
void Daemon::applyPauses()
{
    if (const auto health = m_store.health(); health.pending > 0 || health.late)
        return; // a pause that waits to be written is newer than what the file says
    const auto standing = m_historian.pauses();
    if (!standing)
        return;
    m_pausesKnown = true;
    QHash<QString, PauseRecord> byRepo;
    for (const PauseRecord &pause : *standing)
        byRepo.insert(pause.repo, pause);
    const auto of
        = [&](const QString &repo) { return byRepo.contains(repo) ? std::optional(byRepo.value(repo)) : std::nullopt; };
    m_pause = of({});
    m_scheduler.pauseAll(m_pause.has_value());
    m_catalog.forEach([&](KnownRepo &repo) {
        repo.snapshot.record.pause = of(repo.unit.id);
        m_scheduler.pause(repo.unit.id, repo.snapshot.record.pause.has_value());
    });
}

// --- undo

void Daemon::undo(const QString &repo, const QString &sha, std::function<void(Result<UndoDone>)> done)
{
    const KnownRepo *known = m_catalog.find(repo);
    if (!known)
        return done(notThere(repo).error());
    const Result<CommitRecord> commit = m_store.ask(
        [host = m_historian.host(), repo, sha](Store &store) { return commitToUndo(store, host, repo, sha); });
    if (!commit)
        return done(commit.error());
    const auto finish = [this, repo, commit = *commit, done](const Result<Undone> &undone) {
        m_events.drain();
        if (KnownRepo *entry = m_catalog.find(repo))
            entry->snapshot.running = false;
        if (undone) {
            const auto noted = m_store.write([commit, undone = *undone, now = wallTime(m_clock)](Store &store) {
                return recordUndo(store, commit, undone, now);
            });
            if (!noted)
                qCWarning(logStore) << "history: undo:" << noted.error().message;
            if (undone->revert.isEmpty()) // the history may be late, the next run is not
                setPause(repo, undoPause(commit, wallTime(m_clock)));
            applyPauses();
        }
        m_scheduler.jobDone(repo);
        arm();
        Q_EMIT repoChanged(repo);
        if (undone)
            done(UndoDone{.sha = undone->revert, .soft = undone->revert.isEmpty()});
        else
            done(undone.error());
    };
    m_jobs[repo] += [this, commit = *commit, finish] {
        m_workshop.inWorkLane([this, commit, finish, kit = m_kit]() -> std::function<void()> {
            const Result<Undone> undone = undoCommit(commit, kit->parts(), m_workshop.cancel());
            return [finish, undone] { finish(undone); };
        });
    };
    m_scheduler.requestJob(repo);
    arm();
}

// --- looking for trouble

void Daemon::examine(const QString &repo, std::function<void(QList<Check>)> done)
{
    QStringList checkouts;
    QHash<QString, QString> ids;
    m_catalog.forEach([&](const KnownRepo &known) {
        for (const QString &path : known.unit.workTrees) {
            ids.insert(path, known.unit.id);
            if (repo.isEmpty() || known.unit.id == repo)
                checkouts += path;
        }
    });
    m_workshop.inSurveyLane([this, repo, checkouts, ids, done, kit = m_kit]() -> std::function<void()> {
        QList<Check> checks;
        const auto found = AutoCommit::examine(checkouts,
                                               {.tools = kit->tools(),
                                                .loaded = kit->loaded(),
                                                .clock = m_clock,
                                                .cancel = m_workshop.cancel(),
                                                .network = true},
                                               m_sources.paths, m_sources.environment);
        for (Check check : found) {
            check.repo = ids.value(check.repo);
            if (repo.isEmpty() || check.repo == repo)
                checks += check;
        }
        return [done, checks] { done(checks); };
    });
}

// --- settings and the end

AutoCommit::Status Daemon::reload()
{
    AC_ASSIGN(auto kit, RunKit::make(m_sources, m_clock, m_processes));
    AC_TRY(checkListening(kit->settings(), m_sources.paths)); // what we listen on stays, but the next start would fail
    m_kit = std::move(kit);
    m_scheduler.setOptions(schedulerOptions());
    m_workshop.setInterval(schedulerOptions().interval);
    m_registries.setRegistries(m_kit->settings().registries);
    m_events.enable(m_kit->settings().watchFiles);
    qCInfo(logService) << "settings read again";
    m_lookAt = {};
    Q_EMIT reloaded();
    lookAround();
    arm();
    if (!m_pause && !m_scheduler.isHeld())
        discover(u"user"_s);
    Q_EMIT statusChanged();
    return {};
}

void Daemon::shutdown()
{
    if (std::exchange(m_stopping, true))
        return;
    m_scheduler.stop();
    m_wake.stop();
    m_heartbeat.stop();
    m_workshop.cancel().cancel();
    m_stopBy = m_clock.monotonic() + stopTime;
    Q_EMIT statusChanged();
    waitForEnd();
}

void Daemon::waitForEnd()
{
    const bool idle = m_workshop.isIdle();
    if (idle && !std::exchange(m_closed, true)) {
        m_historian.saveRows(m_catalog, true);
        m_store.close();
    }
    const bool done = idle && m_store.isDone();
    if (!done && m_clock.monotonic() < m_stopBy)
        return QTimer::singleShot(20ms, this, &Daemon::waitForEnd);
    Q_EMIT finished(done);
}

} // namespace AutoCommit
