#pragma once

#include "app/worklane.h"
#include "core/agent/machineagent.h"
#include "tray/model/localagent.h"

namespace AutoCommit {

/// The agent of this machine as the tray shows it. Lives on the main thread and never blocks it; the agent has threads
/// of its own.
class TrayAgent final : public LocalAgent
{
    Q_OBJECT

public:
    /// `tools` and `clock` have to outlive it. Config: see MachineAgent::make().
    static Result<std::unique_ptr<TrayAgent>> make(const MachineAgentPlan &plan, const LoadedSettings &loaded,
                                                   const Paths &paths, const GitTools &tools, const Clock &clock);

    void start() override;
    void stop() override;
    bool isRunning() const override { return m_running; }
    QStringList statusLines() const override;
    LocalPicture picture() const override;
    void syncNow() override;
    void pause(const QDateTime &until, Done done) override;
    void resume(Done done) override;

private:
    TrayAgent() = default;
    void took(const RunReport &report);
    void readPause();
    void takePause(const std::optional<PauseRecord> &standing);
    std::optional<ApiProblem> problemOf(const RunReport &report) const;

    std::unique_ptr<MachineAgent> m_agent;
    bool m_running = false;
    QMap<QString, ApiRepo> m_repos; ///< by path, as their last run left them
    QMap<QString, ApiProblem> m_problems; ///< by path, of those that wait for their user
    std::optional<ApiPause> m_pause;
    bool m_reading = false; ///< what stands in the history about pauses
    bool m_readAgain = false;
    WorkLane m_lane; ///< the history may be on a server that does not answer; last: it uses the agent
};

} // namespace AutoCommit
