#pragma once

#include "core/pipeline/repocontext.h"
#include "core/sync/upstream.h"

namespace AutoCommit {

/// Scans what is about to be pushed and was not committed in this run: the user's own commits never passed the gate. A
/// secret holds the push back (RejectedSecret) or, where the settings say `warn`, is told and pushed. What a file held
/// before a commit is no news: only what the commit adds counts. Costs no process when everything is of this run.
Status checkHistory(RepoContext &repo, const Upstream &upstream);

} // namespace AutoCommit
