#pragma once

#include "core/stages/candidates.h"

namespace AutoCommit {

/// Excludes the candidates whose `filter` attribute names a filter that is not defined, not trusted or not installed:
/// git would store the raw file without a word (SAFETY row 42), which for git-crypt means in clear. Costs a process
/// only where attributes can matter.
Status dropUnusableFilters(RepoContext &repo, QList<Candidate> &candidates);

} // namespace AutoCommit
