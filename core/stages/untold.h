#pragma once

#include "core/pipeline/repocontext.h"
#include "core/sync/rebase.h"

namespace AutoCommit {

/// Before the branch moves to `commits`, of which the last is at `tip`.
Status noteCommits(RepoContext &repo, const QList<ReportedCommit> &commits, const QByteArray &tip);

/// Before the branch moves to what a rebase made of our commits.
Status noteRebase(RepoContext &repo, const Rebased &target);

/// Takes up what runs noted that died before the history knew of it: RepoContext::untold and renamed. Notes of
/// landings that did not come about go. Costs a process for each note, and as a rule there is none.
Status readUntold(RepoContext &repo);

} // namespace AutoCommit
