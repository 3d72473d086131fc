#pragma once

#include "core/pipeline/repocontext.h"
#include "core/sync/integrate.h"

namespace AutoCommit {

/// Fetches and takes the hub's commits over; used by Pull on a clean tree and by Push after a rejection. Updates
/// RepoContext::head, pulled and needsPush, and writes the trace.
Status takeOverHubCommits(RepoContext &repo, const Upstream &upstream);

/// True when no tracked file differs from HEAD, so that the work tree may be moved. Reads the status afresh.
Result<bool> isTreeClean(const RepoContext &repo);

/// A failure that the same commits on both sides would bring again is written down ...
void rememberStall(const RepoContext &repo);
/// ... and here is that error while nothing has changed and its time is not over: what would fail is not tried.
Status checkStall(const RepoContext &repo, const Upstream &upstream);

qint64 wallNanoseconds(const RepoContext &repo);

} // namespace AutoCommit
