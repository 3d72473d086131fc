#pragma once

#include "core/agent/agent.h"
#include "core/config/paths.h"
#include "core/service/surroundings.h"
#include "core/store/reporecords.h"

#include <QTimer>

namespace AutoCommit {

/// What this machine's agent looks after, and whom it asks.
struct MachineAgentPlan
{
    QString url; ///< of the daemon that writes the messages
    QStringList roots; ///< absolute directories
    bool recursive = true; ///< every checkout at or below a root; false: the roots are checkouts
    std::chrono::seconds interval{180};
    SurroundingSources surroundings = SurroundingSources::ofThisSystem();
};

/// The agent of this machine put together: the way to the other machine, the checkouts found anew before each sweep,
/// the history of what it did; `quiet_hours`, `on_battery` and `on_metered` as a daemon keeps them. For `commits start
/// --remote` and for the tray. Made, started and stopped on a thread with an event loop.
class MachineAgent
{
public:
    /// `tools` and `clock` have to outlive it. Config, with what to do: no address, no token, plain HTTP elsewhere.
    static Result<std::unique_ptr<MachineAgent>> make(MachineAgentPlan plan, LoadedSettings loaded, const Paths &paths,
                                                      const GitTools &tools, const Clock &clock,
                                                      AgentEvents events = {});

    void start();
    void stop(); ///< a commit that is being made is finished
    /// Nothing here is committed until then (nothing: until resume()); written into the history, so that it outlives
    /// this program, and obeyed at once.
    Status pause(std::optional<Timestamp> until);
    Status resume(); ///< also looks at everything
    std::optional<PauseRecord> standingPause() const; ///< of everything, whoever asked for it
    QString host() const; ///< this machine's name
    void sweepSoon() { m_agent->sweepSoon(); } ///< somebody asks for it: whatever holds
    AgentStatus status() const { return m_agent->status(); }

private:
    MachineAgent(MachineAgentPlan plan, LoadedSettings loaded, const Paths &paths, const Clock &clock);
    QStringList findPaths() const;
    QStringList findAllPaths() const;
    void lookAround();
    SweepLimits limits() const; ///< any thread
    bool isPaused(const QString &path, const QList<PauseRecord> &pauses) const;

    const MachineAgentPlan m_plan;
    LoadedSettings m_loaded;
    const Paths m_paths;
    const Clock &m_clock;
    Surroundings m_surroundings;
    QTimer m_lookAgain;
    mutable std::mutex m_mutex;
    SweepLimits m_limits; ///< guarded by the mutex
    std::unique_ptr<HostDoor> m_door;
    std::unique_ptr<Agent> m_agent; ///< last: it uses the rest
};

} // namespace AutoCommit
