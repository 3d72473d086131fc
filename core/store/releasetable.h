#pragma once

#include "core/store/database.h"
#include "core/store/historyfilter.h"
#include "core/store/records.h"

namespace AutoCommit::ReleaseTable {

/// By the moment a release was first seen.
Result<Page<ReleaseRecord>> list(Database &database, const HistoryFilter &filter);
/// Those whose next check has come, the longest waiting first.
Result<QList<ReleaseRecord>> due(Database &database, const QString &host, Timestamp now);
Result<std::optional<ReleaseRecord>> find(Database &database, const ReleaseRecord &sameKey);

/// Keyed by host, repo, registry, package and version; keeps firstSeen and sha.
Status store(Database &database, const ReleaseRecord &record);

Result<std::optional<CachedMessage>> cachedMessage(Database &database, const QString &snapshot);
Status cacheMessage(Database &database, const CachedMessage &message);

} // namespace AutoCommit::ReleaseTable
