#include "core/store/repotable.h"

#include "core/base/pathtext.h"

#include <array>

namespace AutoCommit::RepoTable {

namespace {

using namespace Qt::StringLiterals;

constexpr auto selectRepos
    = "SELECT r.host, r.id, r.path, r.common_dir, r.origin, r.branch, r.head, r.upstream, r.ahead, r.behind, r.state,"
      " r.reason, r.device, r.inode, r.first_seen, r.last_looked, r.last_committed, r.last_pulled, r.last_pushed,"
      " CASE WHEN EXISTS (SELECT 1 FROM needs_push n WHERE n.host = r.host AND n.repo = r.id) THEN 1 ELSE 0 END,"
      " COALESCE(t.surface, ''), p.since, p.reason, p.paused_by, p.until"
      " FROM repos r LEFT JOIN trust t ON t.host = r.host AND t.repo = r.id"
      " LEFT JOIN pauses p ON p.host = r.host AND p.repo = r.id"_L1;

RepoRecord readRepo(const Row &row)
{
    RepoRecord repo{.host = row.text(0),
                    .id = row.text(1),
                    .path = pathFromText(row.text(2)),
                    .commonDir = pathFromText(row.text(3)),
                    .origin = row.text(4),
                    .branch = row.text(5),
                    .head = row.text(6),
                    .upstream = row.text(7),
                    .ahead = row.number(8),
                    .behind = row.number(9),
                    .state = row.text(10),
                    .reason = row.text(11),
                    .device = static_cast<quint64>(row.number(12)),
                    .inode = static_cast<quint64>(row.number(13)),
                    .firstSeen = row.time(14),
                    .lastLooked = row.time(15),
                    .lastCommitted = row.optionalTime(16),
                    .lastPulled = row.optionalTime(17),
                    .lastPushed = row.optionalTime(18),
                    .needsPush = row.number(19) != 0,
                    .pause = std::nullopt,
                    .trustSurface = row.text(20)};
    if (const auto since = row.optionalTime(21))
        repo.pause = PauseRecord{.host = repo.host,
                                 .repo = repo.id,
                                 .reason = row.text(22),
                                 .by = row.text(23),
                                 .since = *since,
                                 .until = row.optionalTime(24)};
    return repo;
}

PauseRecord readPause(const Row &row)
{
    return {.host = row.text(0),
            .repo = row.text(1),
            .reason = row.text(2),
            .by = row.text(3),
            .since = row.time(4),
            .until = row.optionalTime(5)};
}

TrustRecord readTrust(const Row &row)
{
    return {.host = row.text(0), .repo = row.text(1), .surface = row.text(2), .by = row.text(3), .at = row.time(4)};
}

} // namespace

Result<QList<RepoRecord>> list(Database &database, const QString &host)
{
    if (host.isEmpty())
        return database.list(selectRepos + u" ORDER BY r.host, r.path"_s, {}, readRepo);
    return database.list(selectRepos + u" WHERE r.host = ? ORDER BY r.path"_s, {host}, readRepo);
}

Result<std::optional<RepoRecord>> find(Database &database, const QString &host, const QString &id)
{
    return database.first(selectRepos + u" WHERE r.host = ? AND r.id = ?"_s, {host, id}, readRepo);
}

Status save(Database &database, const RepoRecord &record)
{
    AC_TRY(database.run(
        u"INSERT INTO repos (host, id, path, common_dir, origin, branch, head, upstream, ahead, behind, state, reason,"
        " device, inode, first_seen, last_looked, last_committed, last_pulled, last_pushed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (host, id) DO UPDATE SET path = excluded.path, common_dir = excluded.common_dir,"
        " origin = excluded.origin, branch = excluded.branch, head = excluded.head, upstream = excluded.upstream,"
        " ahead = excluded.ahead, behind = excluded.behind, state = excluded.state, reason = excluded.reason,"
        " device = excluded.device, inode = excluded.inode, last_looked = excluded.last_looked,"
        " last_committed = COALESCE(excluded.last_committed, repos.last_committed),"
        " last_pulled = COALESCE(excluded.last_pulled, repos.last_pulled),"
        " last_pushed = COALESCE(excluded.last_pushed, repos.last_pushed)"_s,
        {record.host, record.id, textFromPath(record.path), textFromPath(record.commonDir), record.origin,
         record.branch, record.head, record.upstream, record.ahead, record.behind, record.state, record.reason,
         static_cast<qint64>(record.device), static_cast<qint64>(record.inode), sqlValue(record.firstSeen),
         sqlValue(record.lastLooked), sqlValue(record.lastCommitted), sqlValue(record.lastPulled),
         sqlValue(record.lastPushed)}));
    return {};
}

Status forget(Database &database, const QString &host, const QString &id)
{
    AC_TRY(database.run(u"DELETE FROM repos WHERE host = ? AND id = ?"_s, {host, id}));
    static constexpr std::array tables{"pauses",    "trust",     "needs_push", "exclusions",
                                       "deferrals", "decisions", "repo_heads"};
    for (const char *table : tables)
        AC_TRY(database.run(u"DELETE FROM %1 WHERE host = ? AND repo = ?"_s.arg(QLatin1String(table)), {host, id}));
    return {};
}

Result<QList<PauseRecord>> pauses(Database &database, const QString &host)
{
    return database.list(u"SELECT host, repo, reason, paused_by, since, until FROM pauses WHERE host = ?"
                         " ORDER BY repo"_s,
                         {host}, readPause);
}

Status pause(Database &database, const PauseRecord &record)
{
    AC_TRY(database.run(
        u"INSERT INTO pauses (host, repo, reason, paused_by, since, until) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (host, repo) DO UPDATE SET reason = excluded.reason,"
        " paused_by = excluded.paused_by, since = excluded.since, until = excluded.until"_s,
        {record.host, record.repo, record.reason, record.by, sqlValue(record.since), sqlValue(record.until)}));
    return {};
}

Status resume(Database &database, const QString &host, const QString &repo)
{
    AC_TRY(database.run(u"DELETE FROM pauses WHERE host = ? AND repo = ?"_s, {host, repo}));
    return {};
}

Result<std::optional<TrustRecord>> trust(Database &database, const QString &host, const QString &repo)
{
    return database.first(u"SELECT host, repo, surface, agreed_by, agreed_at FROM trust WHERE host = ? AND repo = ?"_s,
                          {host, repo}, readTrust);
}

Status setTrust(Database &database, const TrustRecord &record)
{
    AC_TRY(database.run(u"INSERT INTO trust (host, repo, surface, agreed_by, agreed_at) VALUES (?, ?, ?, ?, ?)"
                        " ON CONFLICT (host, repo) DO UPDATE SET surface = excluded.surface,"
                        " agreed_by = excluded.agreed_by, agreed_at = excluded.agreed_at"_s,
                        {record.host, record.repo, record.surface, record.by, sqlValue(record.at)}));
    return {};
}

} // namespace AutoCommit::RepoTable
