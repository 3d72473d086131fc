#pragma once

#include "core/agent/reporting.h"
#include "core/service/story.h"
#include "core/service/sweep.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace AutoCommit {

/// How this machine and the one that writes its messages get on, for people.
struct AgentStatus
{
    bool running = false;
    bool sweeping = false;
    QString hostState = {}; ///< "unknown", "ok", "away", "refused"
    QString line = {}; ///< one sentence: what is going on, or what is in the way
    HostGreeting host = {}; ///< as of the last contact
    qint64 untold = 0; ///< commits the other machine has not been told about; stops counting at 1000
    QString drift = {};
};

/// What happens; called on the agent's own thread (or the caller's, with sweepOnce()).
struct AgentEvents
{
    std::function<void(const QString &path, StageId stage)> stage = {};
    std::function<void(const RunReport &)> report = {}; ///< its notes are for whoever keeps the history to take away
    std::function<void(const AgentStatus &)> status = {};
    std::function<void(const QString &host)> waiting = {}; ///< it takes its time; on a thread of its own
};

/// What the surroundings of the machine leave of a sweep that nobody asked for.
struct SweepLimits
{
    QString text = {}; ///< why, for people; empty: no limits
    bool nothing = false; ///< no checkout is looked at; the host is told that we are there
    bool local = false; ///< nothing is fetched or pushed
};

struct AgentOptions
{
    QString host = {}; ///< this machine's name
    QString outbox = {}; ///< directory
    std::chrono::seconds interval{180};
    bool background = false; ///< nobody looks on: the host has more time for an answer, and `on_no_model = auto` waits
                             ///< for a host that is away
    RunOptions run = {};
    std::function<SweepLimits()> limits = {}; ///< asked before each sweep that begins by itself, on the agent's thread
    const Pauses *pauses = nullptr; ///< of a single sweep; a loop leaves out what is paused when it finds its paths
};

/// Keeps the checkouts of this machine committed with another machine's words, and tells it about it. Everything that
/// is handed in has to outlive it.
class Agent
{
public:
    using FindPaths = std::function<QStringList()>; ///< the checkouts, asked before each sweep

    Agent(HostDoor &door, const GitTools &tools, const LoadedSettings &settings, const Clock &clock, QByteArray salt,
          FindPaths paths, AgentOptions options, AgentEvents events = {});
    ~Agent(); ///< stop()

    /// One sweep over everything on the calling thread, and what has to be told before and after it.
    QList<RunReport> sweepOnce(const CancelToken &cancel);

    void start(); ///< sweeps on a thread of its own, the first at once, until stop()
    void stop(); ///< within seconds: nothing that must not be cut in half is
    void endSweep(); ///< what is being committed is finished, nothing more is begun before the next sweep
    void sweepSoon(); ///< somebody asks for it: the next sweep begins now, without limits
    void limitsChanged(); ///< the next sweep begins now; one that goes on by itself under the old ones is ended

    AgentStatus status() const; ///< any thread

private:
    class Observer;
    struct Parts;
    void loop();
    QList<RunReport> sweep(const SweepLimits &limits, const CancelToken &cancel);
    CancelToken beginSweep(bool asked);
    void tell(const QList<RunReport> &reports, const CancelToken &cancel);
    void sayLimits(const QString &why);
    void update(const std::function<void(AgentStatus &)> &edit);
    void noteTrouble(const Error &error);

    std::unique_ptr<Parts> m_parts;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    AgentStatus m_status; ///< guarded by the mutex
    bool m_soon = false; ///< guarded by the mutex
    bool m_again = false; ///< guarded by the mutex; the limits are others
    bool m_asked = false; ///< for the sweep that goes on; guarded by the mutex
    CancelToken m_sweep; ///< of the sweep that goes on; guarded by the mutex
    CancelToken m_cancel; ///< of the loop
    std::thread m_thread;
};

} // namespace AutoCommit
