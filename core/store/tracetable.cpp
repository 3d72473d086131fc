#include "core/store/tracetable.h"

#include "core/store/keyset.h"

#include <QCryptographicHash>
#include <QRegularExpression>

namespace AutoCommit::TraceTable {

namespace {

using namespace Qt::StringLiterals;

constexpr auto cycleColumns = "id, started_at, finished_at, host, daemon, reason, repos, committed, pulled, pushed,"
                              " skipped, failed, note"_L1;
constexpr auto errorColumns = "id, last_seen, host, repo, kind, message, detail, first_seen, count, resolved_at,"
                              " resolved_by"_L1;

CycleRecord readCycle(const Row &row)
{
    return {.id = row.number(0),
            .host = row.text(3),
            .daemon = row.text(4),
            .reason = row.text(5),
            .startedAt = row.time(1),
            .finishedAt = row.time(2),
            .repos = row.number(6),
            .committed = row.number(7),
            .pulled = row.number(8),
            .pushed = row.number(9),
            .skipped = row.number(10),
            .failed = row.number(11),
            .note = row.text(12)};
}

ErrorRecord readError(const Row &row)
{
    return {.id = row.number(0),
            .host = row.text(2),
            .repo = row.text(3),
            .kind = row.text(4),
            .message = row.text(5),
            .detail = row.text(6),
            .firstSeen = row.time(7),
            .lastSeen = row.time(1),
            .count = row.number(8),
            .resolvedAt = row.optionalTime(9),
            .resolvedBy = row.text(10)};
}

DecisionRecord readDecision(const Row &row)
{
    return {.id = row.number(0),
            .host = row.text(1),
            .repo = row.text(2),
            .at = row.time(3),
            .stage = row.text(4),
            .what = row.text(5),
            .why = row.text(6)};
}

AuditRecord readAudit(const Row &row)
{
    return {.id = row.number(0),
            .at = row.time(1),
            .who = row.text(2),
            .what = row.text(3),
            .target = row.text(4),
            .from = row.text(5),
            .detail = row.text(6)};
}

/// Two messages that differ only in numbers (a process id, a duration, an object name) have one cause.
QString withoutNumbers(const QString &message)
{
    static const QRegularExpression number(u"\\b[0-9a-fA-F]{7,}\\b|[0-9]+"_s);
    return QString(message).replace(number, u"#"_s);
}

QString fingerprint(const ErrorRecord &record)
{
    const QStringList parts{record.host, record.repo, record.kind, withoutNumbers(record.message)};
    return QString::fromLatin1(
        QCryptographicHash::hash(parts.join(QChar(1)).toUtf8(), QCryptographicHash::Sha256).left(16).toHex());
}

} // namespace

Result<Page<CycleRecord>> cycles(Database &database, const HistoryFilter &filter)
{
    return newestFirst(database,
                       {.columns = cycleColumns, .table = u"cycles"_s, .timeColumn = u"started_at"_s, .hasRepo = false},
                       filter, readCycle);
}

Result<qint64> storeCycle(Database &database, const CycleRecord &record)
{
    qint64 id = 0;
    AC_TRY(database.each(u"INSERT INTO cycles (host, daemon, reason, started_at, finished_at, repos, committed, pulled,"
                         " pushed, skipped, failed, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"_s,
                         {record.host, record.daemon, record.reason, sqlValue(record.startedAt),
                          sqlValue(record.finishedAt), record.repos, record.committed, record.pulled, record.pushed,
                          record.skipped, record.failed, record.note},
                         [&](const Row &row) { id = row.number(0); }));
    return id;
}

Result<Page<ErrorRecord>> errors(Database &database, const HistoryFilter &filter, ErrorScope scope)
{
    KeysetQuery query{.columns = errorColumns, .table = u"errors"_s, .timeColumn = u"last_seen"_s};
    if (scope == ErrorScope::Standing)
        query.where.append(u"resolved_at IS NULL"_s);
    return newestFirst(database, query, filter, readError);
}

Result<ErrorSeen> storeError(Database &database, const ErrorRecord &record)
{
    const QVariant now = sqlValue(record.lastSeen);
    ErrorSeen seen;
    Timestamp announced;
    AC_TRY(database.each(
        u"INSERT INTO errors (fingerprint, host, repo, kind, message, detail, first_seen, last_seen, count,"
        " announced_at, resolved_at, resolved_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, NULL, '')"
        " ON CONFLICT (fingerprint) WHERE resolved_at IS NULL DO UPDATE SET count = errors.count + 1,"
        " last_seen = excluded.last_seen, message = excluded.message, detail = excluded.detail"
        " RETURNING id, count, first_seen, announced_at"_s,
        {fingerprint(record), record.host, record.repo, record.kind, record.message, record.detail, now, now, now},
        [&](const Row &row) {
            seen = {.id = row.number(0), .count = row.number(1), .firstSeen = row.time(2)};
            announced = row.time(3);
        }));
    using namespace std::chrono_literals;
    seen.announce = seen.count == 1 || seen.count == 10 || record.lastSeen - announced >= 1h;
    if (seen.announce)
        AC_TRY(database.run(u"UPDATE errors SET announced_at = ? WHERE id = ?"_s, {now, seen.id}));
    return seen;
}

Result<int> resolveErrorsOf(Database &database, const QString &host, const QString &repo, const QString &by,
                            Timestamp at)
{
    return database.run(u"UPDATE errors SET resolved_at = ?, resolved_by = ?"
                        " WHERE host = ? AND repo = ? AND resolved_at IS NULL"_s,
                        {sqlValue(at), by, host, repo});
}

Result<bool> resolveError(Database &database, qint64 id, const QString &by, Timestamp at)
{
    AC_ASSIGN(const int changed,
              database.run(u"UPDATE errors SET resolved_at = ?, resolved_by = ? WHERE id = ? AND resolved_at IS NULL"_s,
                           {sqlValue(at), by, id}));
    return changed > 0;
}

Result<QList<DecisionRecord>> decisions(Database &database, const QString &host, const QString &repo, int limit)
{
    return database.list(u"SELECT id, host, repo, decided_at, stage, what, why FROM (SELECT * FROM decisions"
                         " WHERE host = ? AND repo = ? ORDER BY id DESC LIMIT ?) AS newest ORDER BY id"_s,
                         {host, repo, limit}, readDecision);
}

Status storeDecisions(Database &database, const QList<DecisionRecord> &records, int keep)
{
    for (const DecisionRecord &record : records)
        AC_TRY(database.run(u"INSERT INTO decisions (host, repo, decided_at, stage, what, why)"
                            " VALUES (?, ?, ?, ?, ?, ?)"_s,
                            {record.host, record.repo, sqlValue(record.at), record.stage, record.what, record.why}));
    if (records.isEmpty())
        return {};
    const QVariantList repo{records.first().host, records.first().repo};
    AC_TRY(database.run(u"DELETE FROM decisions WHERE host = ? AND repo = ? AND id <= (SELECT id FROM decisions"
                        " WHERE host = ? AND repo = ? ORDER BY id DESC LIMIT 1 OFFSET ?)"_s,
                        repo + repo + QVariantList{keep}));
    return {};
}

Result<Page<AuditRecord>> audit(Database &database, const HistoryFilter &filter)
{
    return newestFirst(database,
                       {.columns = u"id, done_at, who, what, target, origin, detail"_s,
                        .table = u"audit"_s,
                        .timeColumn = u"done_at"_s,
                        .hasHost = false,
                        .hasRepo = false},
                       filter, readAudit);
}

Status storeAudit(Database &database, const AuditRecord &record)
{
    AC_TRY(database.run(u"INSERT INTO audit (done_at, who, what, target, origin, detail) VALUES (?, ?, ?, ?, ?, ?)"_s,
                        {sqlValue(record.at), record.who, record.what, record.target, record.from, record.detail}));
    return {};
}

} // namespace AutoCommit::TraceTable
