#include "core/store/committable.h"

#include "core/base/pathtext.h"
#include "core/store/keyset.h"

namespace AutoCommit::CommitTable {

namespace {

using namespace Qt::StringLiterals;

constexpr auto columns = "id, committed_at, host, repo, origin, path, branch, sha, parent, subject, body, authored_at,"
                         " source, model, paths, path_count, pushed_at, verified_at"_L1;

CommitRecord read(const Row &row)
{
    return {.id = row.number(0),
            .host = row.text(2),
            .repo = row.text(3),
            .origin = row.text(4),
            .path = pathFromText(row.text(5)),
            .branch = row.text(6),
            .sha = row.text(7),
            .parent = row.text(8),
            .subject = row.text(9),
            .body = row.text(10),
            .authoredAt = row.time(11),
            .committedAt = row.time(1),
            .source = messageSourceFromName(row.text(12)),
            .model = row.text(13),
            .paths = pathsFromText(row.text(14)),
            .pathCount = row.number(15),
            .pushedAt = row.optionalTime(16),
            .verifiedAt = row.optionalTime(17)};
}

NeedsPushRecord readNeedsPush(const Row &row)
{
    return {.host = row.text(0),
            .repo = row.text(1),
            .branch = row.text(2),
            .sha = row.text(3),
            .since = row.time(4),
            .attempts = row.number(5),
            .lastAttempt = row.optionalTime(6),
            .lastError = row.text(7)};
}

} // namespace

Result<Page<CommitRecord>> list(Database &database, const HistoryFilter &filter)
{
    return newestFirst(database, {.columns = columns, .table = u"commits"_s, .timeColumn = u"committed_at"_s}, filter,
                       read);
}

Result<QList<CommitRecord>> findBySha(Database &database, const QString &shaOrPrefix, int limit)
{
    if (shaOrPrefix.size() < 7)
        return Error{.kind = ErrorKind::Usage,
                     .message = u"A commit is named by at least seven characters of its object name."_s};
    // 'g' follows the last hexadecimal digit.
    return database.list(u"SELECT %1 FROM commits WHERE sha >= ? AND sha < ? ORDER BY committed_at DESC, id DESC"
                         " LIMIT ?"_s.arg(columns),
                         {shaOrPrefix, shaOrPrefix + u'g', limit}, read);
}

Result<std::optional<CommitRecord>> find(Database &database, const QString &host, const QString &repo,
                                         const QString &sha)
{
    return database.first(u"SELECT %1 FROM commits WHERE host = ? AND repo = ? AND sha = ?"_s.arg(columns),
                          {host, repo, sha}, read);
}

Result<QList<CommitRecord>> unverified(Database &database, const QString &host, Timestamp since, int limit)
{
    return database.list(u"SELECT %1 FROM commits WHERE committed_at >= ? AND verified_at IS NULL AND host <> ?"
                         " ORDER BY committed_at DESC, id DESC LIMIT ?"_s.arg(columns),
                         {sqlValue(since), host, limit}, read);
}

Result<bool> isNews(Database &database, const CommitRecord &record)
{
    AC_ASSIGN(const auto known, find(database, record.host, record.repo, record.sha));
    return !known || (record.pushedAt && !known->pushedAt) || (record.verifiedAt && !known->verifiedAt);
}

Status store(Database &database, const CommitRecord &record, Timestamp now)
{
    const qint64 count = std::max<qint64>(record.pathCount, record.paths.size());
    AC_TRY(database.run(
        u"INSERT INTO commits (host, repo, origin, path, branch, sha, parent, subject, body, authored_at, committed_at,"
        " source, model, paths, path_count, recorded_at, pushed_at, verified_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (host, repo, sha) DO UPDATE SET"
        " pushed_at = COALESCE(commits.pushed_at, excluded.pushed_at),"
        " verified_at = COALESCE(commits.verified_at, excluded.verified_at)"_s,
        {record.host, record.repo, record.origin, textFromPath(record.path), record.branch, record.sha, record.parent,
         record.subject, record.body, sqlValue(record.authoredAt), sqlValue(record.committedAt),
         messageSourceName(record.source), record.model,
         textFromPaths(record.paths.first(std::min(record.paths.size(), CommitRecord::maxPaths))), count, sqlValue(now),
         sqlValue(record.pushedAt), sqlValue(record.verifiedAt)}));
    AC_TRY(database.run(u"UPDATE repos SET last_committed = ? WHERE host = ? AND id = ?"
                        " AND (last_committed IS NULL OR last_committed < ?)"_s,
                        {sqlValue(record.committedAt), record.host, record.repo, sqlValue(record.committedAt)}));
    return {};
}

Status rename(Database &database, const RenamedCommits &renamed)
{
    for (auto it = renamed.names.cbegin(); it != renamed.names.cend(); ++it) {
        if (it.value().isEmpty() || it.value() == it.key())
            continue; // it had become empty: somebody else pushed the same
        AC_ASSIGN(const auto there, find(database, renamed.host, renamed.repo, it.value()));
        const QVariantList old{renamed.host, renamed.repo, it.key()};
        if (there)
            AC_TRY(database.run(u"DELETE FROM commits WHERE host = ? AND repo = ? AND sha = ?"_s, old));
        else
            AC_TRY(database.run(u"UPDATE commits SET sha = ? WHERE host = ? AND repo = ? AND sha = ?"_s,
                                QVariantList{it.value()} + old));
        AC_TRY(database.run(u"UPDATE commits SET parent = ? WHERE host = ? AND repo = ? AND parent = ?"_s,
                            QVariantList{it.value()} + old));
        AC_TRY(database.run(u"UPDATE releases SET sha = ? WHERE host = ? AND repo = ? AND sha = ?"_s,
                            QVariantList{it.value()} + old));
        // What was undone stays undone under its new name. An object name needs no repository beside it.
        AC_TRY(
            database.run(u"UPDATE audit SET target = ? WHERE what = 'undo' AND target = ?"_s, {it.value(), it.key()}));
        AC_TRY(
            database.run(u"UPDATE audit SET detail = ? WHERE what = 'undo' AND detail = ?"_s, {it.value(), it.key()}));
    }
    return {};
}

Status storePush(Database &database, const PushRecord &push)
{
    const QString mark
        = u"UPDATE commits SET pushed_at = COALESCE(pushed_at, ?), verified_at = COALESCE(verified_at, ?)"
          " WHERE host = ? AND repo = ? AND "_s;
    const QVariant verified = push.verified ? sqlValue(push.pushedAt) : sqlValue(std::optional<Timestamp>());
    const QVariantList values{sqlValue(push.pushedAt), verified, push.host, push.repo};
    if (push.shas.isEmpty()) {
        const QString open = push.verified ? u"branch = ? AND committed_at <= ? AND verified_at IS NULL"_s
                                           : u"branch = ? AND committed_at <= ? AND pushed_at IS NULL"_s;
        AC_TRY(database.run(mark + open, values + QVariantList{push.branch, sqlValue(push.pushedAt)}));
    }
    for (const QString &sha : push.shas)
        AC_TRY(database.run(mark + u"sha = ?"_s, values + QVariantList{sha}));
    AC_TRY(database.run(u"UPDATE repos SET last_pushed = ? WHERE host = ? AND id = ?"
                        " AND (last_pushed IS NULL OR last_pushed < ?)"_s,
                        {sqlValue(push.pushedAt), push.host, push.repo, sqlValue(push.pushedAt)}));
    if (!push.verified)
        return {};
    // A commit made while the push was under way has moved the flag to its own sha: that one stays.
    AC_TRY(database.run(u"DELETE FROM needs_push WHERE host = ? AND repo = ? AND branch = ? AND sha = ?"_s,
                        {push.host, push.repo, push.branch, push.tip}));
    return {};
}

Result<QList<NeedsPushRecord>> needsPush(Database &database, const QString &host)
{
    return database.list(u"SELECT host, repo, branch, sha, since, attempts, last_attempt, last_error FROM needs_push"
                         " WHERE host = ? ORDER BY since, repo, branch"_s,
                         {host}, readNeedsPush);
}

Status markNeedsPush(Database &database, const NeedsPushRecord &record)
{
    AC_TRY(database.run(u"INSERT INTO needs_push (host, repo, branch, sha, since, attempts, last_attempt, last_error)"
                        " VALUES (?, ?, ?, ?, ?, 0, NULL, '')"
                        " ON CONFLICT (host, repo, branch) DO UPDATE SET sha = excluded.sha"_s,
                        {record.host, record.repo, record.branch, record.sha, sqlValue(record.since)}));
    return {};
}

Status clearNeedsPush(Database &database, const QString &host, const QString &repo, const QString &branch)
{
    AC_TRY(database.run(u"DELETE FROM needs_push WHERE host = ? AND repo = ? AND branch = ?"_s, {host, repo, branch}));
    return {};
}

Status notePushAttempt(Database &database, const NeedsPushRecord &record)
{
    AC_TRY(database.run(u"UPDATE needs_push SET attempts = attempts + 1, last_attempt = ?, last_error = ?"
                        " WHERE host = ? AND repo = ? AND branch = ?"_s,
                        {sqlValue(record.lastAttempt), record.lastError, record.host, record.repo, record.branch}));
    return {};
}

} // namespace AutoCommit::CommitTable
