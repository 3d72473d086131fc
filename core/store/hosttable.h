#pragma once

#include "core/store/database.h"
#include "core/store/records.h"

namespace AutoCommit::HostTable {

/// By name.
Result<QList<HostRecord>> hosts(Database &database);
/// Keeps firstSeen; a report older than the one that is there changes nothing.
Status storeHost(Database &database, const HostRecord &record);

/// Of every host, or (`origin` not empty) of one repository on every host; by origin, then host.
Result<QList<RepoHead>> heads(Database &database, const QString &origin);
/// A report older than the one that is there changes nothing.
Status storeHead(Database &database, const RepoHead &record);

} // namespace AutoCommit::HostTable
