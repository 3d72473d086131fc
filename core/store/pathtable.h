#pragma once

#include "core/store/database.h"
#include "core/store/reporecords.h"

namespace AutoCommit::PathTable {

/// The paths of a repository that are left out, oldest first: `firstSeen` is since when without a break.
Result<QList<ExclusionRecord>> exclusions(Database &database, const QString &host, const QString &repo);

/// Makes `now standing` the whole list: what stays keeps its firstSeen, what is not in it any more is gone. Host, repo
/// and the moments of the records are ignored. Answers whether anything but lastSeen changed.
Result<bool> replaceExclusions(Database &database, const QString &host, const QString &repo,
                               const QList<ExclusionRecord> &standing, Timestamp now);

Result<QList<DeferralRecord>> deferrals(Database &database, const QString &host, const QString &repo);

/// Counts one more deferral of each path.
Status defer(Database &database, const QString &host, const QString &repo, const QList<QByteArray> &paths,
             const QString &reason, Timestamp now);
Status clearDeferrals(Database &database, const QString &host, const QString &repo, const QList<QByteArray> &paths);

} // namespace AutoCommit::PathTable
