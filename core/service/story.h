#pragma once

#include "core/pipeline/pipeline.h"

namespace AutoCommit {

/// What one checkout goes through from "is there anything?" to "it is on the hub".
Story commitStory();

/// The first half of it for one message over the whole change: to be run dry.
Story messageStory();

/// The same for what is staged in `index` (empty: git's own).
Story stagedMessageStory(const QString &index);

} // namespace AutoCommit
