#include "core/agent/agent.h"

#include "core/agent/hostmessages.h"
#include "core/base/log.h"

#include <algorithm>
#include <utility>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostCounted = 1000;

/// A person in front of it takes the built-in engine's words rather than wait for minutes.
constexpr std::chrono::seconds patienceWithHost(bool background)
{
    return background ? std::chrono::seconds(300) : std::chrono::seconds(60);
}

HostMessagesOptions messageOptions(const Settings &settings, const AgentOptions &options, const AgentEvents &events)
{
    using namespace std::chrono_literals;
    const bool wait = settings.onNoModel == "wait"_L1 || (settings.onNoModel == "auto"_L1 && options.background);
    return {.host = options.host,
            .wait = wait,
            .patience = settings.noModelWait,
            .answer = std::min(settings.modelTimeout, patienceWithHost(options.background)),
            .remark = options.background ? 30s : 3s,
            .waiting = events.waiting};
}

QString commitsText(qsizetype count)
{
    return count == 1 ? u"1 commit"_s : u"%1 commits"_s.arg(count);
}

/// The other machine answers; that says nothing about the checkouts here.
QString troubleText(qsizetype count, const QString &host)
{
    return count == 1 ? u"1 checkout needs you; %1 answers"_s.arg(host)
                      : u"%1 checkouts need you; %2 answers"_s.arg(count).arg(host);
}

} // namespace

struct Agent::Parts
{
    Parts(HostDoor &hostDoor, const GitTools &gitTools, const LoadedSettings &loaded, const Clock &wallClock,
          QByteArray installation, FindPaths findPaths, AgentOptions given, AgentEvents told)
        : tools(gitTools)
        , settings(loaded)
        , clock(wallClock)
        , salt(std::move(installation))
        , paths(std::move(findPaths))
        , options(std::move(given))
        , events(std::move(told))
        , outbox(options.outbox, options.host, clock)
        , messages(hostDoor, clock, messageOptions(loaded.settings, options, events))
        , reporting(hostDoor, outbox, tools, options.host)
        , story(agentStory(messages, outbox, options.pauses))
    { }

    const GitTools &tools;
    const LoadedSettings &settings;
    const Clock &clock;
    const QByteArray salt;
    const FindPaths paths;
    const AgentOptions options;
    const AgentEvents events;
    Outbox outbox;
    HostMessages messages;
    Reporting reporting;
    const Story story;
};

class Agent::Observer final : public SweepObserver
{
public:
    explicit Observer(Parts &parts)
        : m_parts(parts)
    { }

    void stageStarted(const QString &path, StageId stage) override
    {
        if (m_parts.events.stage)
            m_parts.events.stage(path, stage);
    }
    void finished(const RunReport &report) override
    {
        if (const Status kept = m_parts.outbox.finish(report, m_parts.tools); !kept)
            qCWarning(logService) << "outbox:" << kept.error().message;
        if (m_parts.events.report)
            m_parts.events.report(report);
    }

private:
    Parts &m_parts;
};

Agent::Agent(HostDoor &door, const GitTools &tools, const LoadedSettings &settings, const Clock &clock, QByteArray salt,
             FindPaths paths, AgentOptions options, AgentEvents events)
    : m_parts(std::make_unique<Parts>(door, tools, settings, clock, std::move(salt), std::move(paths),
                                      std::move(options), std::move(events)))
{
    m_status.hostState = u"unknown"_s;
}

Agent::~Agent()
{
    stop();
}

QList<RunReport> Agent::sweepOnce(const CancelToken &cancel)
{
    return sweep({}, cancel);
}

QList<RunReport> Agent::sweep(const SweepLimits &limits, const CancelToken &cancel)
{
    update([](AgentStatus &status) {
        status.sweeping = true;
        status.line = u"looking at the checkouts"_s;
    });
    RunOptions options = m_parts->options.run;
    options.pull = options.pull && !limits.local;
    options.push = options.push && !limits.local;
    const bool dryRun = options.dryRun;
    if (const Status settled = dryRun ? Status() : m_parts->outbox.settle(m_parts->tools); !settled)
        qCWarning(logService) << "outbox:" << settled.error().message;
    const RunParts run{.tools = m_parts->tools,
                       .settings = m_parts->settings,
                       .clock = m_parts->clock,
                       .story = m_parts->story,
                       .options = options,
                       .salt = m_parts->salt,
                       .pauses = m_parts->options.pauses};
    Observer observer(*m_parts);
    const QList<RunReport> reports
        = runSweep(limits.nothing ? QStringList() : m_parts->paths(), run,
                   static_cast<int>(m_parts->settings.settings.maxParallelRepos), cancel, observer);
    if (!cancel.isCancelled() && !dryRun)
        tell(reports, cancel);
    if (!limits.text.isEmpty())
        sayLimits(limits.text);
    update([](AgentStatus &status) { status.sweeping = false; });
    return reports;
}

/// Commits first: whoever sees a new HEAD in the heartbeat finds its commit in the history.
void Agent::tell(const QList<RunReport> &reports, const CancelToken &cancel)
{
    const bool inVain = !m_parts->options.background && m_parts->messages.isSilent();
    const Result<int> told
        = inVain ? Result<int>(*m_parts->messages.trouble()) : m_parts->reporting.tellCommits(cancel);
    const Result<HostGreeting> greeting
        = told ? m_parts->reporting.heartbeat(reports, cancel) : Result<HostGreeting>(told.error());
    const auto waiting = m_parts->outbox.ready(mostCounted);
    update([&](AgentStatus &status) { status.untold = waiting ? waiting->size() : 0; });
    if (!greeting) {
        noteTrouble(greeting.error());
        return;
    }
    const auto needy = std::ranges::count_if(reports, &RunReport::needsUser);
    update([&](AgentStatus &status) {
        status.hostState = u"ok"_s;
        status.host = *greeting;
        status.drift = greeting->drift;
        status.line = !greeting->drift.isEmpty() ? greeting->drift
            : needy == 0                         ? u"in step with %1"_s.arg(greeting->name)
                                                 : troubleText(needy, greeting->name);
    });
}

/// Before all else: who wonders why nothing happens needs no sentence about the host.
void Agent::sayLimits(const QString &why)
{
    update([&](AgentStatus &status) {
        const bool inStep = status.hostState == u"ok"_s && status.drift.isEmpty();
        status.line = inStep ? why : why + u"; "_s + status.line;
    });
}

void Agent::noteTrouble(const Error &error)
{
    using enum ErrorKind;
    if (error.kind == Cancelled)
        return;
    const bool refused = error.kind == AuthFailed || error.kind == TlsFailed || error.kind == Config;
    update([&](AgentStatus &status) {
        status.hostState = refused ? u"refused"_s : u"away"_s;
        status.line = error.message;
        if (status.untold > 0)
            status.line += u"; %1 will be told later"_s.arg(commitsText(status.untold));
    });
}

void Agent::start()
{
    if (m_thread.joinable())
        return;
    m_cancel = CancelToken();
    m_again = false; // the first sweep asks for them
    m_thread = std::thread([this] { loop(); });
}

void Agent::stop()
{
    m_cancel.cancel();
    {
        const std::lock_guard guard(m_mutex); // a loop that has just looked at the token waits by now
        m_sweep.cancel();
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void Agent::endSweep()
{
    const std::lock_guard guard(m_mutex);
    m_sweep.cancel();
}

CancelToken Agent::beginSweep(bool asked)
{
    const std::lock_guard guard(m_mutex);
    m_asked = asked;
    m_sweep = CancelToken();
    if (m_cancel.isCancelled())
        m_sweep.cancel();
    return m_sweep;
}

void Agent::sweepSoon()
{
    {
        const std::lock_guard guard(m_mutex);
        m_soon = true;
    }
    m_changed.notify_all();
}

void Agent::limitsChanged()
{
    {
        const std::lock_guard guard(m_mutex);
        m_again = true;
        if (!m_asked)
            m_sweep.cancel();
    }
    m_changed.notify_all();
}

void Agent::loop()
{
    bool asked = false;
    update([](AgentStatus &status) { status.running = true; });
    while (!m_cancel.isCancelled()) {
        const CancelToken token = beginSweep(asked);
        sweep(asked || !m_parts->options.limits ? SweepLimits() : m_parts->options.limits(), token);
        std::unique_lock guard(m_mutex);
        m_changed.wait_for(guard, m_parts->options.interval,
                           [this] { return m_soon || m_again || m_cancel.isCancelled(); });
        asked = std::exchange(m_soon, false);
        m_again = false;
    }
    update([](AgentStatus &status) {
        status.running = false;
        status.line = u"stopped"_s;
    });
}

AgentStatus Agent::status() const
{
    const std::lock_guard guard(m_mutex);
    return m_status;
}

void Agent::update(const std::function<void(AgentStatus &)> &edit)
{
    AgentStatus now;
    {
        const std::lock_guard guard(m_mutex);
        edit(m_status);
        now = m_status;
    }
    if (m_parts->events.status)
        m_parts->events.status(now);
}

} // namespace AutoCommit
