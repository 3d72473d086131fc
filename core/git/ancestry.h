#pragma once

#include "core/git/git.h"

namespace AutoCommit {

/// True when `tip` (any revision) has the commit in its history, itself included. A name that git does not know is in
/// no history. Errors: git could not be run.
Result<bool> isInHistoryOf(const Git &git, const QByteArray &tip, const QByteArray &commit);

/// True when no local branch has it any more. Where git cannot tell, nothing is given up: false.
Result<bool> isOnNoBranch(const Git &git, const QByteArray &commit);

} // namespace AutoCommit
