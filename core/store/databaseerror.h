#pragma once

#include "core/base/error.h"
#include "core/store/storetarget.h"

class QSqlError;

namespace AutoCommit {

enum class DatabaseStep { Connect, Statement };

/// What the driver reported, as one of our kinds: by SQLite's result code, by PostgreSQL's SQLSTATE. The words of the
/// driver go to `detail`.
Error databaseError(const QSqlError &error, const StoreTarget &target, DatabaseStep step);

/// True when the same call may work later: busy, no room, no connection, a disk or a permission that may come back.
/// Everything else would fail again in the same way.
bool mayPass(const Error &error);

} // namespace AutoCommit
