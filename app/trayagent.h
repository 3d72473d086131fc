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

private:
    TrayAgent() = default;
    void took(const RunReport &report);

    std::unique_ptr<MachineAgent> m_agent;
    bool m_running = false;
    QMap<QString, QString> m_attention; ///< path -> why, of the checkouts that wait for their user
};

} // namespace AutoCommit
