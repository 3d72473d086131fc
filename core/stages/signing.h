#pragma once

#include "core/git/repoconfig.h"

namespace AutoCommit {

/// Can the configured key sign without asking anybody anything? Signs a few bytes in the way git would, with every
/// prompt switched off. SigningFailed says why not. No commit is ever made with a dialog popping up (SAFETY row 81).
Status probeSigning(const Git &git, const RepoConfig &config);

} // namespace AutoCommit
