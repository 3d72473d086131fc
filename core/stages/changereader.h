#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// What an index differs in from HEAD, with renames, modes and diff; sorted by path. One git process.
Result<QList<FileChange>> readChange(const RepoContext &repo, const QString &indexPath);

} // namespace AutoCommit
