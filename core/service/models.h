#pragma once

#include "core/base/clock.h"
#include "core/config/paths.h"
#include "core/config/settingsloader.h"
#include "core/inference/inferenceclient.h"
#include "core/pipeline/modelsource.h"

#include <memory>

namespace AutoCommit {

/// How a program uses the models.
struct ModelUse
{
    RequestClass requestClass = RequestClass::Batch;
    std::chrono::seconds atMost{900}; ///< for one run, whatever the settings say
    bool inBackground = false; ///< a daemon: then `on_no_model = auto` waits for a server that the user named,
                               ///< and who waits puts the commit off to a later run
};

/// The models that the settings name. Starts nothing before it is first asked: the client, with Qt's network module, is
/// loaded then. Where the user named no server, nothing but the standard port of this machine is tried, and a port that
/// nobody listens on costs one refused connection.
std::unique_ptr<ModelSource> makeModelSource(const LoadedSettings &loaded, const Paths &paths,
                                             const QProcessEnvironment &environment, const Clock &clock, ModelUse use);

/// The client behind it, for who asks servers about themselves.
Result<std::unique_ptr<InferenceClient>> makeModelClient(const LoadedSettings &loaded,
                                                         const QProcessEnvironment &environment);

} // namespace AutoCommit
