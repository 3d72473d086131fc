#pragma once

#include "core/store/database.h"
#include "core/store/historyfilter.h"
#include "core/store/records.h"

namespace AutoCommit::CommitTable {

Result<Page<CommitRecord>> list(Database &database, const HistoryFilter &filter);

/// By full object name or at least seven characters of its beginning; newest first, at most `limit`.
Result<QList<CommitRecord>> findBySha(Database &database, const QString &shaOrPrefix, int limit);

Result<std::optional<CommitRecord>> find(Database &database, const QString &host, const QString &repo,
                                         const QString &sha);

/// Told by hosts other than `host`, committed since then, and not seen on the hub yet; newest first.
Result<QList<CommitRecord>> unverified(Database &database, const QString &host, Timestamp since, int limit);

/// True when storing `record` would change something: it is not there, or it has a pushedAt/verifiedAt that is not.
Result<bool> isNews(Database &database, const CommitRecord &record);

/// Keyed by host, repo and sha. What is there stays; only a push not known yet is filled in.
Status store(Database &database, const CommitRecord &record, Timestamp now);

/// The row keeps everything but its name. Where the new one is known already, the old row goes.
Status rename(Database &database, const RenamedCommits &renamed);

/// Marks the push in the commits and, when it is verified and nothing newer waits, lifts the needs-push flag.
Status storePush(Database &database, const PushRecord &push);

Result<QList<NeedsPushRecord>> needsPush(Database &database, const QString &host);
Status markNeedsPush(Database &database, const NeedsPushRecord &record);
Status clearNeedsPush(Database &database, const QString &host, const QString &repo, const QString &branch);
Status notePushAttempt(Database &database, const NeedsPushRecord &record);

} // namespace AutoCommit::CommitTable
