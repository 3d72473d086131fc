#pragma once

#include "core/store/records.h"
#include "core/store/reporecords.h"

#include "core/base/result.h"

#include <QJsonObject>

namespace AutoCommit {

// What a line of activity.jsonl looks like: {"v":1,"at":"2026-08-22T10:11:12.345Z","event":"commit",...}. A reader
// passes over events it does not know; the meaning of a field never changes, fields are only added.

/// `needsPush`: the commit's branch waits for a push since then.
QJsonObject commitEvent(const CommitRecord &commit, bool needsPush, Timestamp at);
QJsonObject renamedEvent(const RenamedCommits &renamed, Timestamp at);
QJsonObject pushEvent(const PushRecord &push, Timestamp at);
QJsonObject needsPushEvent(const NeedsPushRecord &record, Timestamp at);
QJsonObject pushNotNeededEvent(const QString &host, const QString &repo, const QString &branch, Timestamp at);
QJsonObject releaseEvent(const ReleaseRecord &release, Timestamp at);
QJsonObject pauseEvent(const PauseRecord &pause, Timestamp at);
QJsonObject resumeEvent(const QString &host, const QString &repo, Timestamp at);
QJsonObject trustEvent(const TrustRecord &trust, Timestamp at);

class Database;

/// Does to the database what the event says was done. Doing so twice, or to a database that has it already, changes
/// nothing. Answers whether it was an event of the above; one that is not, or is incomplete, is passed over.
Result<bool> applyActivity(Database &database, const QJsonObject &event);

} // namespace AutoCommit
