#pragma once

#include "core/base/messagesource.h"
#include "core/store/timestamp.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace AutoCommit {

// The rows of the history as plain values. Field by field they are what resources/sql/*.sql describes. Nobody puts a
// diff, the content of a file, a secret or a token into any of them.

struct CommitRecord
{
    qint64 id = 0; ///< given by the database
    QString host = {};
    QString repo = {}; ///< repoIdFor() of the common git directory
    QString origin = {}; ///< normalised URL of the hub, empty without one: the same repository on another host
    QByteArray path = {}; ///< absolute path of the work tree
    QString branch = {};
    QString sha = {};
    QString parent = {}; ///< empty for the first commit
    QString subject = {};
    QString body = {};
    Timestamp authoredAt = {};
    Timestamp committedAt = {};
    MessageSource source = MessageSource::Builtin;
    QString model = {};
    QList<QByteArray> paths = {}; ///< the first maxPaths are kept
    qint64 pathCount = 0; ///< of all paths; 0 = paths.size()
    std::optional<Timestamp> pushedAt = {};
    std::optional<Timestamp> verifiedAt = {};

    static constexpr qsizetype maxPaths = 1000; ///< the rest is in the commit itself
};

/// What a rebase made of commits; to an empty name when they had become empty.
struct RenamedCommits
{
    QString host = {};
    QString repo = {};
    QMap<QString, QString> names = {}; ///< old to new
};

/// What reached the hub. Only a verified push (the hub's ref was read back) lifts the needs-push flag.
struct PushRecord
{
    QString host = {};
    QString repo = {};
    QString branch = {};
    QString tip = {}; ///< what the hub's branch is at now
    QStringList shas = {}; ///< the commits it brought; empty = all of this branch not yet marked
    Timestamp pushedAt = {};
    bool verified = false;
};

struct NeedsPushRecord
{
    QString host = {};
    QString repo = {};
    QString branch = {};
    QString sha = {};
    Timestamp since = {};
    qint64 attempts = 0;
    std::optional<Timestamp> lastAttempt = {};
    QString lastError = {};
};

struct CycleRecord
{
    qint64 id = 0;
    QString host = {};
    QString daemon = {}; ///< its name; empty = in the foreground
    QString reason = {}; ///< what started it: timer, event, webhook, user
    Timestamp startedAt = {};
    Timestamp finishedAt = {};
    qint64 repos = 0;
    qint64 committed = 0;
    qint64 pulled = 0;
    qint64 pushed = 0;
    qint64 skipped = 0;
    qint64 failed = 0;
    QString note = {};
};

/// One standing cause, however often it was seen.
struct ErrorRecord
{
    qint64 id = 0;
    QString host = {};
    QString repo = {}; ///< empty = not about one repository
    QString kind = {}; ///< errorKindName()
    QString message = {};
    QString detail = {}; ///< stays on this machine: not for the API
    Timestamp firstSeen = {};
    Timestamp lastSeen = {};
    qint64 count = 0;
    std::optional<Timestamp> resolvedAt = {};
    QString resolvedBy = {};
};

/// What recording an error found out. A person is told at the first, the tenth and then once an hour (SAFETY row 104).
struct ErrorSeen
{
    qint64 id = 0;
    qint64 count = 0;
    Timestamp firstSeen = {};
    bool announce = false;
};

enum class ReleaseState { Pending, Published, Failed };

QString releaseStateName(ReleaseState state); ///< "pending", "published", "failed"
ReleaseState releaseStateFromName(const QString &name);

struct ReleaseRecord
{
    qint64 id = 0;
    QString host = {};
    QString repo = {};
    QString package = {};
    QString registry = {};
    QString version = {};
    QString sha = {}; ///< the commit that brought the version
    ReleaseState state = ReleaseState::Pending;
    Timestamp firstSeen = {};
    std::optional<Timestamp> lastChecked = {};
    std::optional<Timestamp> nextCheck = {}; ///< none = no more
    qint64 checks = 0;
    QString detail = {};
};

/// A message for exactly one snapshot (the hash of what would be committed and of what the message depends on).
struct CachedMessage
{
    QString snapshot = {};
    QString subject = {};
    QString body = {};
    MessageSource source = MessageSource::Builtin;
    QString model = {};
    Timestamp createdAt = {};
};

/// One step of the trace behind `commits explain`.
struct DecisionRecord
{
    qint64 id = 0;
    QString host = {};
    QString repo = {};
    Timestamp at = {};
    QString stage = {};
    QString what = {};
    QString why = {};
};

struct AuditRecord
{
    qint64 id = 0;
    Timestamp at = {};
    QString who = {};
    QString what = {};
    QString target = {};
    QString from = {}; ///< address, or "local"
    QString detail = {};
};

struct HostRecord
{
    QString name = {};
    QString version = {};
    qint64 protocol = 0;
    QString system = {};
    Timestamp firstSeen = {};
    Timestamp lastSeen = {};
};

/// Branch and HEAD of a repository as its host last reported them.
struct RepoHead
{
    QString host = {};
    QString repo = {};
    QString origin = {};
    QString branch = {};
    QString head = {};
    qint64 ahead = 0;
    qint64 behind = 0;
    Timestamp reportedAt = {};
};

} // namespace AutoCommit
