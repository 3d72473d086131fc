#include "daemon/run/daemon.h"

#include "core/base/log.h"
#include "core/service/recorder.h"
#include "daemon/run/tally.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto heartbeatInterval = 10s; // sleep, pauses that end: nothing finer is worth a wake-up
constexpr int fullDiscovery = 10; // cycles: inside checkouts new ones are rare, and there is most to walk through

StoreOptions longLived(StoreOptions options)
{
    options.shortLived = false;
    return options;
}

} // namespace

Daemon::Daemon(DaemonOptions options, SettingSources sources, std::shared_ptr<const RunKit> kit,
               const ProcessRunner &processes, const Clock &clock, SurroundingSources surroundings)
    : m_options(std::move(options))
    , m_sources(std::move(sources))
    , m_processes(processes)
    , m_clock(clock)
    , m_kit(std::move(kit))
    , m_store(longLived(historyOptions(m_sources.paths, m_kit->settings())), clock)
    , m_historian(m_store, historyOptions(m_sources.paths, m_kit->settings()), m_sources.paths, clock)
    , m_catalog(m_historian.host())
    , m_scheduler(schedulerOptions(), *this, clock)
    , m_workshop(schedulerOptions().surveySlots, schedulerOptions().workSlots, m_options.name, m_historian.host())
    , m_events(m_catalog, m_workshop)
    , m_registries(m_kit->settings().registries, clock)
    , m_surroundings(std::move(surroundings), clock)
    , m_sleep(clock)
    , m_startedAt(wallTime(clock))
{
    m_workshop.setInterval(schedulerOptions().interval);
    connectParts();
}

Daemon::~Daemon() = default;

void Daemon::connectParts()
{
    connect(&m_workshop, &Workshop::surveyed, this, [this](const UnitReport &report) {
        m_events.drain();
        took(report);
        m_scheduler.surveyed(report.id, outcomeOf(report));
        arm();
    });
    connect(&m_workshop, &Workshop::worked, this, [this](const UnitReport &report) {
        m_events.drain();
        took(report);
        m_scheduler.worked(report.id, outcomeOf(report));
        arm();
    });
    connect(&m_workshop, &Workshop::stageStarted, this, [this](const QString &id, StageId stage) {
        if (KnownRepo *repo = m_catalog.find(id); repo && repo->snapshot.running) {
            repo->snapshot.stage = QString::fromLatin1(stageName(stage));
            Q_EMIT repoChanged(id);
        }
    });
    connect(&m_events, &EventSource::changed, this, [this](const QString &id) {
        m_scheduler.changed(id);
        if (KnownRepo *repo = m_catalog.find(id); repo && !repo->snapshot.running && !repo->snapshot.changedAt) {
            repo->snapshot.changedAt = wallTime(m_clock);
            Q_EMIT repoChanged(id);
        }
        if (!m_wake.isActive() || m_wake.remainingTimeAsDuration() > m_kit->settings().settle)
            arm();
    });
    connect(&m_events, &EventSource::watchedChanged, this,
            [this](const QString &id, bool watched) { m_scheduler.setWatched(id, watched); });
    connect(&m_events, &EventSource::overflowed, this, [this] {
        for (const QString &id : m_catalog.ids())
            m_scheduler.changed(id);
        arm();
    });
    connect(&m_registries, &RegistryChecker::checked, this,
            [this](const ReleaseRecord &release) { m_historian.saveRelease(release); });
    m_wake.setSingleShot(true);
    m_wake.setTimerType(Qt::CoarseTimer);
    connect(&m_wake, &QTimer::timeout, this, &Daemon::tick);
    m_heartbeat.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_heartbeat, &QTimer::timeout, this, &Daemon::heartbeat);
}

void Daemon::start()
{
    m_openedAt = m_clock.monotonic();
    m_historian.open();
    applyPauses();
    m_events.enable(m_kit->settings().watchFiles);
    m_heartbeat.start(heartbeatInterval);
    m_historian.upkeep(m_workshop);
    m_upkeepAt = m_clock.monotonic() + 24h;
    lookAround();
    discover(u"start"_s);
}

SchedulerOptions Daemon::schedulerOptions() const
{
    const Settings &settings = m_kit->settings();
    const int parallel = static_cast<int>(settings.maxParallelRepos);
    return {.interval = m_options.interval.count() > 0 ? m_options.interval : settings.cycleInterval,
            .settle = {.quiet = settings.settle, .cap = settings.settleCap},
            .surveySlots = std::max(1, parallel / 2),
            .workSlots = std::max(1, parallel - parallel / 2)};
}

// --- cycles

void Daemon::cycleDue()
{
    discover(u"timer"_s);
}

void Daemon::discover(const QString &reason, OnBehalf whose)
{
    m_personWaits = m_personWaits || whose == OnBehalf::Person;
    if (std::exchange(m_discovering, true))
        return;
    const Settings &settings = m_kit->settings();
    const bool everything = reason != u"timer"_s || m_scheduler.cycle().number % fullDiscovery == 0;
    m_workshop.inSurveyLane([this, reason,
                             task = DiscoveryTask{.roots = m_options.roots,
                                                  .recursive = m_options.recursive,
                                                  .options = {.depth = static_cast<int>(settings.discoverDepth),
                                                              .exclude = settings.discoverExclude},
                                                  .insideCheckouts = everything,
                                                  .known = m_catalog.units()}]() -> std::function<void()> {
        const QList<RepoUnit> units = findRepositories(task);
        return [this, units, reason] { discovered(units, reason); };
    });
}

void Daemon::discovered(const QList<RepoUnit> &units, const QString &reason)
{
    m_discovering = false;
    if (m_stopping)
        return;
    const Catalog::Difference difference = m_catalog.update(units);
    for (const QString &id : difference.gone)
        m_events.forget(id);
    m_scheduler.setRepos(m_catalog.ids());
    m_scheduler.setFamilies(familiesOf(units));
    m_toRestore = m_toRestore || !difference.added.isEmpty();
    m_toRestore = m_toRestore && !m_historian.restore(m_catalog);
    applyPauses();
    m_scheduler.pauseAll(m_pause.has_value() || isWaitingForPauses());
    lookAround();
    const bool asked = std::exchange(m_personWaits, false);
    const QString why = asked ? u"user"_s : reason;
    if (asked || !m_scheduler.isHeld())
        m_cycle = {.host = m_historian.host(), .daemon = m_options.name, .reason = why, .startedAt = wallTime(m_clock)};
    m_scheduler.beginCycle(why, asked ? OnBehalf::Person : OnBehalf::Nobody);
    arm();
    Q_EMIT statusChanged();
}

void Daemon::cycleEnded(const CycleState &cycle)
{
    m_cycle.finishedAt = wallTime(m_clock);
    m_cycle.repos = cycle.total + cycle.passedOver;
    QStringList note;
    if (cycle.passedOver > 0)
        note += u"%1 passed over (unchanged, paused, backing off or at work)"_s.arg(cycle.passedOver);
    if (cycle.done < cycle.total)
        note += u"%1 still at work"_s.arg(cycle.total - cycle.done);
    m_cycle.note = note.join(u"; "_s);
    m_historian.recordCycle(m_cycle);
    m_historian.noteHost();
    m_historian.saveRows(m_catalog, m_rowsUnsaved % fullDiscovery == 0);
    ++m_rowsUnsaved;
    if (!m_stopping && !m_surroundings.isLocal()) {
        m_registries.check(m_historian.releasesDue());
        m_historian.verifyOthers(m_catalog, m_workshop, m_kit);
    }
    Q_EMIT cycleFinished(m_cycle);
    Q_EMIT statusChanged();
}

// --- runs

void Daemon::survey(const QString &id)
{
    KnownRepo *repo = m_catalog.find(id);
    if (!repo)
        return;
    repo->snapshot.running = true;
    repo->snapshot.stage = QString::fromLatin1(stageName(StageId::Survey));
    repo->snapshot.changedAt.reset();
    m_workshop.survey(repo->unit, m_kit, reachOf(id));
}

void Daemon::work(const QString &id)
{
    KnownRepo *repo = m_catalog.find(id);
    if (!repo)
        return;
    repo->snapshot.running = true;
    m_workshop.work(repo->unit, m_kit, reachOf(id));
    Q_EMIT repoChanged(id);
    Q_EMIT statusChanged();
}

void Daemon::job(const QString &id)
{
    if (KnownRepo *repo = m_catalog.find(id))
        repo->snapshot.running = true;
    const auto jobs = m_jobs.take(id);
    for (const auto &start : jobs)
        start();
}

RunOutcome Daemon::outcomeOf(const UnitReport &unit) const
{
    if (!unit.keptBy.isEmpty())
        return {}; // not quiet: it is ours as soon as that daemon has ended
    RunOutcome outcome{.hasWork = unit.hasWork, .quiet = !unit.hasWork};
    for (const RunReport &report : unit.reports) {
        const bool pulls = !report.upstream.isEmpty() && m_kit->settings().preCyclePull;
        outcome.failed = outcome.failed || report.state == RunState::Failed;
        outcome.quiet = outcome.quiet && !report.error && !report.needsPush && !pulls;
        outcome.unfinished = outcome.unfinished || (report.error && report.error->kind == ErrorKind::LockHeld)
            || std::ranges::any_of(report.excluded, [](const Exclusion &e) { return e.rule == u"being-written"_s; });
    }
    outcome.quiet = outcome.quiet && !outcome.unfinished;
    return outcome;
}

/// Somebody's git, or another daemon, is at work: no news before the third time in a row (SAFETY row 1).
bool Daemon::isJustBusy(KnownRepo &repo, const UnitReport &report) const
{
    const bool locked = std::ranges::any_of(
        report.reports, [](const RunReport &r) { return r.error && r.error->kind == ErrorKind::LockHeld; });
    repo.lockedInARow = locked ? repo.lockedInARow + 1 : 0;
    return locked && repo.lockedInARow < 3;
}

void Daemon::took(const UnitReport &report)
{
    KnownRepo *repo = m_catalog.find(report.id);
    if (!repo)
        return;
    const QString stateBefore = repo->snapshot.record.state;
    const bool hadError = repo->snapshot.error.has_value();
    repo->snapshot.running = false;
    repo->snapshot.stage.clear();
    repo->keptBy = report.keptBy;
    if (!report.keptBy.isEmpty()) {
        m_catalog.noteKept(*repo, wallTime(m_clock));
        m_events.refresh(report.id, m_kit);
        if (stateBefore != repo->snapshot.record.state)
            publish(report.id, {});
        return;
    }
    if (isJustBusy(*repo, report))
        return;
    m_catalog.apply(report, wallTime(m_clock));
    const bool cancelled = m_workshop.cancel().isCancelled();
    // A survey that found work says nothing yet, unless it pulled.
    const bool pulled = std::ranges::any_of(report.reports, &RunReport::pulled);
    if (cancelled || (report.hasWork && !pulled))
        return;
    const QString reason = m_reasons.take(report.id);
    CycleRecord own{.host = m_historian.host(),
                    .daemon = m_options.name,
                    .reason = reason.isEmpty() ? u"event"_s : reason,
                    .startedAt = wallTime(m_clock),
                    .finishedAt = wallTime(m_clock),
                    .repos = 1};
    addToCycle(m_scheduler.cycle().running ? m_cycle : own, report);
    if (didSomething(own))
        m_historian.recordCycle(own);
    const Historian::News news = m_historian.record(report);
    repo->snapshot.error = news.error ? std::optional(news.error->record) : std::nullopt;
    publish(report.id, news);
    m_events.refresh(report.id, m_kit);
    if (stateBefore != repo->snapshot.record.state || hadError != repo->snapshot.error.has_value())
        Q_EMIT statusChanged();
}

void Daemon::publish(const QString &id, const Historian::News &news)
{
    for (const CommitRecord &commit : news.commits)
        Q_EMIT committed(commit);
    if (news.error && news.error->announce)
        Q_EMIT errorSeen(news.error->record);
    Q_EMIT repoChanged(id);
}

} // namespace AutoCommit
