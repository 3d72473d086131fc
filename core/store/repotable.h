#pragma once

#include "core/store/database.h"
#include "core/store/reporecords.h"

namespace AutoCommit::RepoTable {

/// Every repository of `host` (empty = of all hosts) by path.
Result<QList<RepoRecord>> list(Database &database, const QString &host);
Result<std::optional<RepoRecord>> find(Database &database, const QString &host, const QString &id);

/// Keeps firstSeen and every moment that is not set in `record`.
Status save(Database &database, const RepoRecord &record);

/// Forgets what is known about the repository; its commits, errors and releases stay in the history.
Status forget(Database &database, const QString &host, const QString &id);

Result<QList<PauseRecord>> pauses(Database &database, const QString &host);
Status pause(Database &database, const PauseRecord &record);
Status resume(Database &database, const QString &host, const QString &repo);

Result<std::optional<TrustRecord>> trust(Database &database, const QString &host, const QString &repo);
Status setTrust(Database &database, const TrustRecord &record);

} // namespace AutoCommit::RepoTable
