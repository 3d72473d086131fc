#pragma once

#include "core/store/database.h"
#include "core/store/historyfilter.h"
#include "core/store/records.h"

namespace AutoCommit::TraceTable {

Result<Page<CycleRecord>> cycles(Database &database, const HistoryFilter &filter);
Result<qint64> storeCycle(Database &database, const CycleRecord &record); ///< its id

enum class ErrorScope { Standing, All };

/// By the moment an error was last seen.
Result<Page<ErrorRecord>> errors(Database &database, const HistoryFilter &filter, ErrorScope scope);

/// Adds one occurrence (`record.lastSeen`) to its standing cause, or starts a new one.
Result<ErrorSeen> storeError(Database &database, const ErrorRecord &record);
/// Answers how many standing errors that were. `repo` empty = those that are about no repository.
Result<int> resolveErrorsOf(Database &database, const QString &host, const QString &repo, const QString &by,
                            Timestamp at);
Result<bool> resolveError(Database &database, qint64 id, const QString &by, Timestamp at);

/// The newest `limit` steps, oldest first: as they are told.
Result<QList<DecisionRecord>> decisions(Database &database, const QString &host, const QString &repo, int limit);
/// All of one repository; afterwards only its newest `keep` are left.
Status storeDecisions(Database &database, const QList<DecisionRecord> &records, int keep);

Result<Page<AuditRecord>> audit(Database &database, const HistoryFilter &filter);
Status storeAudit(Database &database, const AuditRecord &record);

} // namespace AutoCommit::TraceTable
