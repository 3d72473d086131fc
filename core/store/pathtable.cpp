#include "core/store/pathtable.h"

#include "core/base/pathtext.h"

#include <QCryptographicHash>
#include <QHash>

namespace AutoCommit::PathTable {

namespace {

using namespace Qt::StringLiterals;

/// A path may have 4096 bytes, an entry of a PostgreSQL index at most 2704.
QString pathKey(const QByteArray &path)
{
    return QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).left(16).toHex());
}

ExclusionRecord readExclusion(const Row &row)
{
    return {.host = row.text(0),
            .repo = row.text(1),
            .path = pathFromText(row.text(2)),
            .reason = row.text(3),
            .rule = row.text(4),
            .firstSeen = row.time(5),
            .lastSeen = row.time(6)};
}

DeferralRecord readDeferral(const Row &row)
{
    return {.host = row.text(0),
            .repo = row.text(1),
            .path = pathFromText(row.text(2)),
            .reason = row.text(3),
            .count = row.number(4),
            .firstSeen = row.time(5),
            .lastSeen = row.time(6)};
}

Status storeExclusion(Database &database, const QString &host, const QString &repo, const ExclusionRecord &record,
                      Timestamp now)
{
    AC_TRY(database.run(u"INSERT INTO exclusions (host, repo, path_key, path, reason, rule, first_seen, last_seen)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (host, repo, path_key) DO UPDATE SET"
                        " reason = excluded.reason, rule = excluded.rule, last_seen = excluded.last_seen"_s,
                        {host, repo, pathKey(record.path), textFromPath(record.path), record.reason, record.rule,
                         sqlValue(now), sqlValue(now)}));
    return {};
}

} // namespace

Result<QList<ExclusionRecord>> exclusions(Database &database, const QString &host, const QString &repo)
{
    return database.list(u"SELECT host, repo, path, reason, rule, first_seen, last_seen FROM exclusions"
                         " WHERE host = ? AND repo = ? ORDER BY first_seen, path"_s,
                         {host, repo}, readExclusion);
}

Result<bool> replaceExclusions(Database &database, const QString &host, const QString &repo,
                               const QList<ExclusionRecord> &standing, Timestamp now)
{
    AC_ASSIGN(const auto before, exclusions(database, host, repo));
    QHash<QByteArray, ExclusionRecord> gone;
    for (const ExclusionRecord &record : before)
        gone.insert(record.path, record);
    bool changed = false;
    QList<ExclusionRecord> toStore;
    for (const ExclusionRecord &record : standing) {
        const auto known = gone.find(record.path);
        const bool same = known != gone.end() && known->reason == record.reason && known->rule == record.rule;
        if (known != gone.end())
            gone.erase(known);
        if (!same)
            toStore.append(record);
    }
    changed = !toStore.isEmpty() || !gone.isEmpty();
    for (const ExclusionRecord &record : std::as_const(toStore))
        AC_TRY(storeExclusion(database, host, repo, record, now));
    for (const ExclusionRecord &record : std::as_const(gone))
        AC_TRY(database.run(u"DELETE FROM exclusions WHERE host = ? AND repo = ? AND path_key = ?"_s,
                            {host, repo, pathKey(record.path)}));
    AC_TRY(database.run(u"UPDATE exclusions SET last_seen = ? WHERE host = ? AND repo = ?"_s,
                        {sqlValue(now), host, repo}));
    return changed;
}

Result<QList<DeferralRecord>> deferrals(Database &database, const QString &host, const QString &repo)
{
    return database.list(u"SELECT host, repo, path, reason, count, first_seen, last_seen FROM deferrals"
                         " WHERE host = ? AND repo = ? ORDER BY first_seen, path"_s,
                         {host, repo}, readDeferral);
}

Status defer(Database &database, const QString &host, const QString &repo, const QList<QByteArray> &paths,
             const QString &reason, Timestamp now)
{
    for (const QByteArray &path : paths)
        AC_TRY(database.run(u"INSERT INTO deferrals (host, repo, path_key, path, reason, count, first_seen, last_seen)"
                            " VALUES (?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (host, repo, path_key) DO UPDATE SET"
                            " reason = excluded.reason, count = deferrals.count + 1,"
                            " last_seen = excluded.last_seen"_s,
                            {host, repo, pathKey(path), textFromPath(path), reason, sqlValue(now), sqlValue(now)}));
    return {};
}

Status clearDeferrals(Database &database, const QString &host, const QString &repo, const QList<QByteArray> &paths)
{
    for (const QByteArray &path : paths)
        AC_TRY(database.run(u"DELETE FROM deferrals WHERE host = ? AND repo = ? AND path_key = ?"_s,
                            {host, repo, pathKey(path)}));
    return {};
}

} // namespace AutoCommit::PathTable
