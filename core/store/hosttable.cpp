#include "core/store/hosttable.h"

namespace AutoCommit::HostTable {

namespace {

using namespace Qt::StringLiterals;

HostRecord readHost(const Row &row)
{
    return {.name = row.text(0),
            .version = row.text(1),
            .protocol = row.number(2),
            .system = row.text(3),
            .firstSeen = row.time(4),
            .lastSeen = row.time(5)};
}

RepoHead readHead(const Row &row)
{
    return {.host = row.text(0),
            .repo = row.text(1),
            .origin = row.text(2),
            .branch = row.text(3),
            .head = row.text(4),
            .ahead = row.number(5),
            .behind = row.number(6),
            .reportedAt = row.time(7)};
}

} // namespace

Result<QList<HostRecord>> hosts(Database &database)
{
    return database.list(u"SELECT name, version, protocol, system, first_seen, last_seen FROM hosts ORDER BY name"_s,
                         {}, readHost);
}

Status storeHost(Database &database, const HostRecord &record)
{
    AC_TRY(database.run(u"INSERT INTO hosts (name, version, protocol, system, first_seen, last_seen)"
                        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version,"
                        " protocol = excluded.protocol, system = excluded.system, last_seen = excluded.last_seen"
                        " WHERE hosts.last_seen <= excluded.last_seen"_s,
                        {record.name, record.version, record.protocol, record.system, sqlValue(record.lastSeen),
                         sqlValue(record.lastSeen)}));
    return {};
}

Result<QList<RepoHead>> heads(Database &database, const QString &origin)
{
    const QString select = u"SELECT host, repo, origin, branch, head, ahead, behind, reported_at FROM repo_heads"_s;
    if (origin.isEmpty())
        return database.list(select + u" ORDER BY origin, host, repo"_s, {}, readHead);
    return database.list(select + u" WHERE origin = ? ORDER BY host, repo"_s, {origin}, readHead);
}

Status storeHead(Database &database, const RepoHead &record)
{
    AC_TRY(database.run(u"INSERT INTO repo_heads (host, repo, origin, branch, head, ahead, behind, reported_at)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (host, repo) DO UPDATE SET"
                        " origin = excluded.origin, branch = excluded.branch, head = excluded.head,"
                        " ahead = excluded.ahead, behind = excluded.behind, reported_at = excluded.reported_at"
                        " WHERE repo_heads.reported_at <= excluded.reported_at"_s,
                        {record.host, record.repo, record.origin, record.branch, record.head, record.ahead,
                         record.behind, sqlValue(record.reportedAt)}));
    return {};
}

} // namespace AutoCommit::HostTable
