#pragma once

#include "core/config/settings.h"
#include "core/inference/retrievalclient.h"

#include <memory>

namespace AutoCommit {

/// The retrieval service of the settings; null where none is set. The library behind it is loaded with the first
/// question.
std::unique_ptr<RetrievalClient> makeRetrieval(const Settings &settings);

} // namespace AutoCommit
