#pragma once

#include "core/service/story.h"

namespace AutoCommit {

class HubConnections;
class Pauses;

/// What every run needs and none changes.
struct RunParts
{
    const GitTools &tools;
    const LoadedSettings &settings;
    const Clock &clock;
    const Story &story;
    RunOptions options;
    QByteArray salt = {}; ///< see installationSalt()
    ModelSource *models = nullptr; ///< none: the built-in engine does everything
    HubConnections *hubs = nullptr; ///< none: every run connects by itself
    RecoveryMemory *recovery = nullptr; ///< none: no model is asked about failures
    const Pauses *pauses = nullptr; ///< those of the story
};

/// One run over the checkout that holds `path`, on the calling thread. Errors are part of the report.
RunReport runRepository(const QString &path, const RunParts &parts, const CancelToken &cancel,
                        const StageObserver &observer = {});

/// The cheap half of it: may it be touched, is it dirty, and (clean) what does the hub have? Whoever gets `hasWork`
/// calls runRepository() when there is room for it; nothing is held in between.
Entered surveyRepository(const QString &path, const RunParts &parts, const CancelToken &cancel,
                         const StageObserver &observer = {});

} // namespace AutoCommit
