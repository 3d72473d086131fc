#pragma once

#include "core/store/activitylog.h"

#include "core/base/result.h"

#include <optional>

namespace AutoCommit {

class Database;

/// Name of the place in the database where the position in this host's log is kept.
QString positionKey(const QString &host, const ActivityLog &log);

Result<LogPosition> storedPosition(Database &database, const QString &key);
Status storePosition(Database &database, const QString &key, const LogPosition &position);

struct Replayed
{
    int events = 0; ///< gone through
    std::optional<Error> logProblem = {}; ///< the log cannot be read: the database is as it was, and as good
};

/// Takes over what the log has and the database has not: rows that were logged and then lost on the way (a kill, a
/// power cut, a database that could not be written), the whole history when the database is new, nothing when both
/// agree. Begins a little before the stored position, because two programs may have stored theirs in the other order.
Result<Replayed> replayActivity(Database &database, const QString &host, const ActivityLog &log);

/// The same from a given position, whatever the database says.
Result<Replayed> replayActivity(Database &database, const QString &host, const ActivityLog &log,
                                const LogPosition &from);

} // namespace AutoCommit
