#pragma once

#include "core/git/git.h"
#include "core/sync/upstream.h"

namespace AutoCommit {

/// HistoryRewritten when `head` holds commits that the hub's branch had once, as the log of its tracking ref tells, and
/// has no more: somebody took them out, perhaps for a secret in them, and a push would bring them back. The words name
/// the commands for either wish. To be asked when the tracking ref is up to date, before anything is rebased or pushed.
/// Where that log is missing there is nothing to go by.
Status checkNothingDropped(const Git &git, const Upstream &upstream, const QByteArray &head);

} // namespace AutoCommit
