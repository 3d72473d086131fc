#pragma once

#include "core/agent/machineagent.h"
#include "tray/model/localagent.h"

namespace AutoCommit {

/// The agent of this machine as the tray shows it. Lives on the main thread; the agent has threads of its own.
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
    Status pause(const QDateTime &until) override;
    Status resume() override;

private:
    TrayAgent() = default;
    void took(const RunReport &report);
    void readPause();
    std::optional<ApiProblem> problemOf(const RunReport &report) const;

    std::unique_ptr<MachineAgent> m_agent;
    bool m_running = false;
    QMap<QString, ApiRepo> m_repos; ///< by path, as their last run left them
    QMap<QString, ApiProblem> m_problems; ///< by path, of those that wait for their user
    std::optional<ApiPause> m_pause;
};

} // namespace AutoCommit
