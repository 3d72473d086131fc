#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// The submodules whose commit differs from the one recorded and may be recorded now: those whose commit a remote of
/// theirs is known to have, so that no other machine is ever pointed at a commit it cannot get. Every other one is
/// excluded with a reason. Asks the submodules' own repositories and no hub.
Result<QList<IndexEntry>> submodulePointers(RepoContext &repo);

} // namespace AutoCommit
