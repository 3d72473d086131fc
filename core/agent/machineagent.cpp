#include "core/agent/machineagent.h"

#include "core/base/log.h"
#include "core/base/pathtext.h"
#include "core/config/salt.h"
#include "core/git/locate.h"
#include "core/service/hostaddress.h"
#include "core/service/pauses.h"
#include "core/service/recorder.h"
#include "core/store/historyreader.h"
#include "core/store/store.h"

#include <QFile>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

MachineAgent::MachineAgent(MachineAgentPlan plan, LoadedSettings loaded, const Paths &paths, const Clock &clock)
    : m_plan(std::move(plan))
    , m_loaded(std::move(loaded))
    , m_paths(paths)
    , m_clock(clock)
    , m_surroundings(m_plan.surroundings, clock)
{
    if (!m_plan.url.isEmpty())
        m_loaded.settings.apiUrl = m_plan.url;
}

Result<std::unique_ptr<MachineAgent>> MachineAgent::make(MachineAgentPlan plan, LoadedSettings loaded,
                                                         const Paths &paths, const GitTools &tools, const Clock &clock,
                                                         AgentEvents events)
{
    std::unique_ptr<MachineAgent> made(new MachineAgent(std::move(plan), std::move(loaded), paths, clock));
    if (made->m_loaded.settings.apiUrl.isEmpty())
        return Error{
            ErrorKind::Config,
            u"nobody said which daemon writes the messages; set api_url, for instance to https://apricot:8200"_s};
    AC_ASSIGN(made->m_door, openHostDoor(made->m_loaded.settings, paths));
    AC_ASSIGN(const QByteArray salt, installationSalt(paths));
    events.report = [self = made.get(), &clock, then = events.report](const RunReport &report) {
        const Recorder recorder(self->m_paths, self->m_loaded.settings, clock);
        if (const Status recorded = recorder.record({report}); !recorded)
            qCWarning(logStore) << "history:" << recorded.error().message;
        if (then)
            then(report);
    };
    made->m_agent = std::make_unique<Agent>(
        *made->m_door, tools, made->m_loaded, clock, salt, [self = made.get()] { return self->findPaths(); },
        AgentOptions{.host = historyOptions(paths, made->m_loaded.settings).host,
                     .outbox = paths.cacheDir() + u"/outbox"_s,
                     .interval = made->m_plan.interval,
                     .background = true,
                     .run = {.evenIfStalled = false},
                     .limits = [self = made.get()] { return self->limits(); }},
        std::move(events));
    return made;
}

void MachineAgent::start()
{
    using namespace std::chrono_literals;
    const Settings &settings = m_loaded.settings;
    if (!settings.quietHours.isEmpty() || settings.onBattery == u"wait" || settings.onMetered == u"local") {
        lookAround();
        for (const QString &note : m_surroundings.notes())
            qCInfo(logService) << note;
        m_lookAgain.setTimerType(Qt::VeryCoarseTimer);
        m_lookAgain.callOnTimeout([this] { lookAround(); });
        m_lookAgain.start(10s); // as a daemon does
    }
    m_agent->start();
}

void MachineAgent::stop()
{
    m_lookAgain.stop();
    m_agent->stop();
}

void MachineAgent::lookAround()
{
    if (!m_surroundings.look(m_loaded.settings))
        return;
    SweepLimits now{.nothing = m_surroundings.holdsRuns(), .local = m_surroundings.isLocal()};
    for (const HoldSnapshot &hold : m_surroundings.holds()) {
        qCInfo(logService) << hold.text;
        now.text += (now.text.isEmpty() ? QString() : u"; "_s) + hold.text;
    }
    {
        const std::lock_guard guard(m_mutex);
        m_limits = now;
    }
    m_agent->limitsChanged();
}

SweepLimits MachineAgent::limits() const
{
    const std::lock_guard guard(m_mutex);
    return m_limits;
}

QString MachineAgent::host() const
{
    return historyOptions(m_paths, m_loaded.settings).host;
}

Status MachineAgent::pause(std::optional<Timestamp> until)
{
    const StoreOptions options = historyOptions(m_paths, m_loaded.settings);
    Store store(options, m_clock);
    AC_TRY(store.open());
    AC_TRY(store.pause({.host = options.host, .by = u"tray"_s, .since = wallTime(m_clock), .until = until}));
    m_agent->endSweep();
    return {};
}

Status MachineAgent::resume()
{
    const StoreOptions options = historyOptions(m_paths, m_loaded.settings);
    Store store(options, m_clock);
    AC_TRY(store.open());
    AC_TRY(store.resume(options.host, {}));
    m_agent->sweepSoon();
    return {};
}

std::optional<PauseRecord> MachineAgent::standingPause() const
{
    const StoreOptions history = historyOptions(m_paths, m_loaded.settings);
    const auto pauses = HistoryReader(history.location, m_clock).pauses(history.host);
    const Timestamp now = wallTime(m_clock);
    for (const PauseRecord &pause : pauses ? *pauses : QList<PauseRecord>())
        if (pause.repo.isEmpty() && stands(pause, now))
            return pause;
    return std::nullopt;
}

/// What `commits pause` said, read anew before every sweep.
bool MachineAgent::isPaused(const QString &path, const QList<PauseRecord> &pauses) const
{
    const Result<RepoLocation> location = locateRepository(path);
    const QString id = location ? repoIdFor(QFile::encodeName(location->commonDir)) : QString();
    return std::ranges::any_of(pauses, [&, now = wallTime(m_clock)](const PauseRecord &pause) {
        return (pause.repo.isEmpty() || pause.repo == id) && stands(pause, now);
    });
}

QStringList MachineAgent::findPaths() const
{
    QStringList found = findAllPaths();
    const StoreOptions history = historyOptions(m_paths, m_loaded.settings);
    if (const auto pauses = HistoryReader(history.location, m_clock).pauses(history.host); pauses && !pauses->isEmpty())
        found.removeIf([&](const QString &path) { return isPaused(path, *pauses); });
    return found;
}

QStringList MachineAgent::findAllPaths() const
{
    if (!m_plan.recursive)
        return m_plan.roots;
    const Settings &settings = m_loaded.settings;
    QStringList found;
    for (const QString &root : m_plan.roots)
        found += discoverRepositories(
            root, {.depth = static_cast<int>(settings.discoverDepth), .exclude = settings.discoverExclude});
    found.removeDuplicates();
    return found;
}

} // namespace AutoCommit
