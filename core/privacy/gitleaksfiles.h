#pragma once

#include "core/base/result.h"
#include "core/privacy/gatepolicy.h"

namespace AutoCommit {

/// Reads a repository's .gitleaks.toml (version 8, old and new allow lists): its rules and its allowances. What would
/// switch rules off (`disabledRules`, `useDefault`, allowances by commit) has no effect here. Fails on text that is not
/// TOML; entries without sense are left out.
Result<RepositoryPolicy> readGitleaksConfig(QByteArrayView toml);

/// Reads .gitleaksignore: lines `file:rule:line`. Rules are not compared, their names are another tool's. What names a
/// commit, too, is about that commit alone and lets nothing new pass.
QList<IgnoredPlace> readGitleaksIgnore(QByteArrayView text);

} // namespace AutoCommit
