#pragma once

#include "core/config/paths.h"
#include "core/recovery/recoverymemory.h"
#include "core/service/repositoryrun.h"
#include "core/sync/hubconnections.h"

#include <memory>
#include <optional>

namespace AutoCommit {

/// Where a daemon's settings come from.
struct SettingSources
{
    Paths paths;
    QProcessEnvironment environment;
    QMap<QString, QString> overrides; ///< of the command line
};

/// Everything runs need, made from one reading of the settings. A reload makes a new one; runs that go on keep the old.
class RunKit
{
public:
    static Result<std::shared_ptr<const RunKit>> make(const SettingSources &sources, const Clock &clock,
                                                      const ProcessRunner &processes);

    const LoadedSettings &loaded() const { return m_loaded; }
    const Settings &settings() const { return m_loaded.settings; }
    const GitTools &tools() const { return *m_tools; }
    ModelSource &models() const { return *m_models; } ///< any thread
    const RunParts &parts() const { return *m_parts; }

private:
    RunKit() = default;

    LoadedSettings m_loaded;
    std::optional<GitTools> m_tools;
    Story m_story;
    std::unique_ptr<ModelSource> m_models;
    std::unique_ptr<HubConnections> m_hubs;
    std::unique_ptr<RecoveryMemory> m_recovery;
    std::unique_ptr<RunParts> m_parts;
};

} // namespace AutoCommit
