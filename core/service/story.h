#pragma once

#include "core/pipeline/pipeline.h"

namespace AutoCommit {

/// What one checkout goes through from "is there anything?" to "it is on the hub".
Story commitStory();

} // namespace AutoCommit
