#pragma once

#include "core/store/database.h"

#include <QStringList>

namespace AutoCommit {

/// The number of the newest file in resources/sql. Known without reading them: an up-to-date database never does.
constexpr int latestSchemaVersion = 3;

/// 0 for an empty database. Answers DatabaseTooNew, DatabaseDamaged when the numbers have a gap or the table is gone
/// from a database of ours, and Config for somebody else's database.
Result<int> schemaVersion(Database &database);

/// Runs the migrations after the present version up to `upTo`, each in a transaction of its own. Several programs may
/// do so at the same time: each migration runs once.
Status migrate(Database &database, Timestamp now, int upTo = latestSchemaVersion);

/// The statements of migration `number` in this dialect, for migrate() and its tests. Empty: there is none.
QStringList migrationStatements(int number, Dialect dialect);

} // namespace AutoCommit
