#pragma once

#include "core/stages/candidates.h"

#include <QHash>

namespace AutoCommit {

/// Excludes the candidates whose `filter` attribute names a filter that is not defined, not trusted or not installed:
/// git would store the raw file without a word (SAFETY row 42), which for git-crypt means in clear. Costs a process
/// only where attributes can matter.
Status dropUnusableFilters(RepoContext &repo, QList<Candidate> &candidates);

/// The `filter` attribute of those of the paths that have one.
Result<QHash<QByteArray, QString>> filtersOf(RepoContext &repo, const QList<QByteArray> &paths);

/// The name in git's complaint "clean filter 'x' failed"; empty where it complains of something else.
QString failedFilter(const QByteArray &complaint);

} // namespace AutoCommit
