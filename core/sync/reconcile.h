#pragma once

#include "core/git/journal.h"

namespace AutoCommit {

class Git;

/// Brings a tree move that died to its start or its end. Under the RepoLock, first thing, with the repository's
/// configuration read (filters). An edit that a user made in between is kept: then the answer is an error that names
/// the file, and the journal entry stays until nothing half done is left.
Status reconcileMove(const Git &git, const JournalEntry &journaled, qint64 now);

} // namespace AutoCommit
