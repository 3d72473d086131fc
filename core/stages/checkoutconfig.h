#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// Reads the checkout's configuration and what of the settings is for it, once in a run, and closes what that
/// configuration could make git run.
Status readCheckoutConfig(RepoContext &repo);

/// The second half of that, where `config` and `settings` have been read already.
void applyCheckoutConfig(RepoContext &repo);

} // namespace AutoCommit
