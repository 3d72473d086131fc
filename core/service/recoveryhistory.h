#pragma once

#include "core/base/clock.h"
#include "core/recovery/recoverymemory.h"
#include "core/store/storeoptions.h"

#include <memory>

namespace AutoCommit {

/// Attempts at a recovery as rows of the history's audit: `who` is "recovery", `target` the repository. Opens the
/// history when it is first asked, which only a failed run does.
std::unique_ptr<RecoveryMemory> makeRecoveryHistory(const StoreOptions &history, const Clock &clock);

} // namespace AutoCommit
