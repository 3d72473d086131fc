#include "daemon/run/runkit.h"

#include "core/base/log.h"
#include "core/config/salt.h"
#include "core/service/models.h"
#include "core/service/recorder.h"
#include "core/service/recoveryhistory.h"

namespace AutoCommit {

Result<std::shared_ptr<const RunKit>> RunKit::make(const SettingSources &sources, const Clock &clock,
                                                   const ProcessRunner &processes)
{
    const std::shared_ptr<RunKit> kit(new RunKit);
    AC_ASSIGN(kit->m_loaded, loadSettings(sources.paths.configFile(), sources.environment, sources.overrides));
    const Settings &settings = kit->settings();
    AC_ASSIGN(kit->m_tools, GitTools::find(sources.environment, settings.extraPath, settings.gitProgram, processes));
    Result<QByteArray> salt = installationSalt(sources.paths);
    if (!salt)
        qCWarning(logConfig) << salt.error().message;
    kit->m_story = commitStory();
    kit->m_models = makeModelSource(kit->m_loaded, sources.paths, sources.environment, clock,
                                    {.atMost = settings.modelTimeout, .inBackground = true});
    const bool sharing = settings.shareConnections;
    kit->m_hubs = std::make_unique<HubConnections>(
        sharing ? sources.paths.runtimeDir() + QStringLiteral("/ssh") : QString(), clock);
    kit->m_recovery = makeRecoveryHistory(historyOptions(sources.paths, settings), clock);
    kit->m_parts = std::make_unique<RunParts>(RunParts{.tools = *kit->m_tools,
                                                       .settings = kit->m_loaded,
                                                       .clock = clock,
                                                       .story = kit->m_story,
                                                       .options = {.evenIfStalled = false},
                                                       .salt = salt ? *salt : QByteArray(),
                                                       .models = kit->m_models.get(),
                                                       .hubs = kit->m_hubs.get(),
                                                       .recovery = kit->m_recovery.get()});
    return std::shared_ptr<const RunKit>(kit);
}

} // namespace AutoCommit
