#include "core/store/releasetable.h"

#include "core/store/keyset.h"

namespace AutoCommit::ReleaseTable {

namespace {

using namespace Qt::StringLiterals;

constexpr auto columns = "id, first_seen, host, repo, package, registry, version, sha, state, last_checked, next_check,"
                         " checks, detail"_L1;

ReleaseRecord read(const Row &row)
{
    return {.id = row.number(0),
            .host = row.text(2),
            .repo = row.text(3),
            .package = row.text(4),
            .registry = row.text(5),
            .version = row.text(6),
            .sha = row.text(7),
            .state = releaseStateFromName(row.text(8)),
            .firstSeen = row.time(1),
            .lastChecked = row.optionalTime(9),
            .nextCheck = row.optionalTime(10),
            .checks = row.number(11),
            .detail = row.text(12)};
}

CachedMessage readMessage(const Row &row)
{
    return {.snapshot = row.text(0),
            .subject = row.text(1),
            .body = row.text(2),
            .source = messageSourceFromName(row.text(3)),
            .model = row.text(4),
            .createdAt = row.time(5)};
}

} // namespace

Result<Page<ReleaseRecord>> list(Database &database, const HistoryFilter &filter)
{
    return newestFirst(database, {.columns = columns, .table = u"releases"_s, .timeColumn = u"first_seen"_s}, filter,
                       read);
}

Result<QList<ReleaseRecord>> due(Database &database, const QString &host, Timestamp now)
{
    return database.list(u"SELECT %1 FROM releases WHERE host = ? AND next_check IS NOT NULL AND next_check <= ?"
                         " ORDER BY next_check, id"_s.arg(columns),
                         {host, sqlValue(now)}, read);
}

Result<std::optional<ReleaseRecord>> find(Database &database, const ReleaseRecord &sameKey)
{
    return database.first(u"SELECT %1 FROM releases WHERE host = ? AND repo = ? AND registry = ? AND package = ?"
                          " AND version = ?"_s.arg(columns),
                          {sameKey.host, sameKey.repo, sameKey.registry, sameKey.package, sameKey.version}, read);
}

Status store(Database &database, const ReleaseRecord &record)
{
    AC_TRY(database.run(u"INSERT INTO releases (host, repo, package, registry, version, sha, state, first_seen,"
                        " last_checked, next_check, checks, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT (host, repo, registry, package, version) DO UPDATE SET state = excluded.state,"
                        " last_checked = COALESCE(excluded.last_checked, releases.last_checked),"
                        " next_check = excluded.next_check, checks = excluded.checks, detail = excluded.detail"_s,
                        {record.host, record.repo, record.package, record.registry, record.version, record.sha,
                         releaseStateName(record.state), sqlValue(record.firstSeen), sqlValue(record.lastChecked),
                         sqlValue(record.nextCheck), record.checks, record.detail}));
    return {};
}

Result<std::optional<CachedMessage>> cachedMessage(Database &database, const QString &snapshot)
{
    return database.first(u"SELECT snapshot, subject, body, source, model, created_at FROM cached_messages"
                          " WHERE snapshot = ?"_s,
                          {snapshot}, readMessage);
}

Status cacheMessage(Database &database, const CachedMessage &message)
{
    AC_TRY(database.run(u"INSERT INTO cached_messages (snapshot, subject, body, source, model, created_at)"
                        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (snapshot) DO UPDATE SET subject = excluded.subject,"
                        " body = excluded.body, source = excluded.source, model = excluded.model,"
                        " created_at = excluded.created_at"_s,
                        {message.snapshot, message.subject, message.body, messageSourceName(message.source),
                         message.model, sqlValue(message.createdAt)}));
    return {};
}

} // namespace AutoCommit::ReleaseTable
