#include "core/store/activityevents.h"

#include "core/base/pathtext.h"
#include "core/store/committable.h"
#include "core/store/releasetable.h"
#include "core/store/repotable.h"

#include <QJsonArray>

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QJsonObject event(QLatin1StringView name, Timestamp at, const QString &host, const QString &repo)
{
    return {{"v"_L1, 1}, {"at"_L1, isoText(at)}, {"event"_L1, name}, {"host"_L1, host}, {"repo"_L1, repo}};
}

void putTime(QJsonObject &object, QLatin1StringView key, std::optional<Timestamp> time)
{
    if (time)
        object.insert(key, isoText(*time));
}

std::optional<Timestamp> timeOf(const QJsonObject &object, QLatin1StringView key)
{
    return fromIsoText(object.value(key).toString());
}

QString textOf(const QJsonObject &object, QLatin1StringView key)
{
    return object.value(key).toString();
}

Status applyCommit(Database &database, const QJsonObject &object, Timestamp at)
{
    CommitRecord commit{.host = textOf(object, "host"_L1),
                        .repo = textOf(object, "repo"_L1),
                        .origin = textOf(object, "origin"_L1),
                        .path = pathFromText(textOf(object, "path"_L1)),
                        .branch = textOf(object, "branch"_L1),
                        .sha = textOf(object, "sha"_L1),
                        .parent = textOf(object, "parent"_L1),
                        .subject = textOf(object, "subject"_L1),
                        .body = textOf(object, "body"_L1),
                        .authoredAt = timeOf(object, "authored_at"_L1).value_or(at),
                        .committedAt = timeOf(object, "committed_at"_L1).value_or(at),
                        .source = messageSourceFromName(textOf(object, "source"_L1)),
                        .model = textOf(object, "model"_L1),
                        .pathCount = object.value("path_count"_L1).toInteger(),
                        .pushedAt = timeOf(object, "pushed_at"_L1),
                        .verifiedAt = timeOf(object, "verified_at"_L1)};
    const QJsonArray paths = object.value("paths"_L1).toArray();
    for (const auto &path : paths)
        commit.paths.append(pathFromText(path.toString()));
    AC_TRY(CommitTable::store(database, commit, at));
    if (!object.value("needs_push"_L1).toBool())
        return {};
    return CommitTable::markNeedsPush(
        database, {.host = commit.host, .repo = commit.repo, .branch = commit.branch, .sha = commit.sha, .since = at});
}

Status applyRenamed(Database &database, const QJsonObject &object, Timestamp)
{
    RenamedCommits renamed{.host = textOf(object, "host"_L1), .repo = textOf(object, "repo"_L1), .names = {}};
    const QJsonObject names = object.value("names"_L1).toObject();
    for (auto it = names.begin(); it != names.end(); ++it)
        renamed.names.insert(it.key(), it.value().toString());
    return CommitTable::rename(database, renamed);
}

Status applyPush(Database &database, const QJsonObject &object, Timestamp at)
{
    PushRecord push{.host = textOf(object, "host"_L1),
                    .repo = textOf(object, "repo"_L1),
                    .branch = textOf(object, "branch"_L1),
                    .tip = textOf(object, "tip"_L1),
                    .pushedAt = timeOf(object, "pushed_at"_L1).value_or(at),
                    .verified = object.value("verified"_L1).toBool()};
    const QJsonArray shas = object.value("shas"_L1).toArray();
    for (const auto &sha : shas)
        push.shas.append(sha.toString());
    return CommitTable::storePush(database, push);
}

Status applyNeedsPush(Database &database, const QJsonObject &object, Timestamp at)
{
    return CommitTable::markNeedsPush(database,
                                      {.host = textOf(object, "host"_L1),
                                       .repo = textOf(object, "repo"_L1),
                                       .branch = textOf(object, "branch"_L1),
                                       .sha = textOf(object, "sha"_L1),
                                       .since = timeOf(object, "since"_L1).value_or(at)});
}

Status applyPushNotNeeded(Database &database, const QJsonObject &object, Timestamp)
{
    return CommitTable::clearNeedsPush(database, textOf(object, "host"_L1), textOf(object, "repo"_L1),
                                       textOf(object, "branch"_L1));
}

Status applyRelease(Database &database, const QJsonObject &object, Timestamp at)
{
    return ReleaseTable::store(database,
                               {.host = textOf(object, "host"_L1),
                                .repo = textOf(object, "repo"_L1),
                                .package = textOf(object, "package"_L1),
                                .registry = textOf(object, "registry"_L1),
                                .version = textOf(object, "version"_L1),
                                .sha = textOf(object, "sha"_L1),
                                .state = releaseStateFromName(textOf(object, "state"_L1)),
                                .firstSeen = timeOf(object, "first_seen"_L1).value_or(at),
                                .lastChecked = timeOf(object, "last_checked"_L1),
                                .nextCheck = timeOf(object, "next_check"_L1),
                                .checks = object.value("checks"_L1).toInteger(),
                                .detail = textOf(object, "detail"_L1)});
}

Status applyPause(Database &database, const QJsonObject &object, Timestamp at)
{
    return RepoTable::pause(database,
                            {.host = textOf(object, "host"_L1),
                             .repo = textOf(object, "repo"_L1),
                             .reason = textOf(object, "reason"_L1),
                             .by = textOf(object, "by"_L1),
                             .since = timeOf(object, "since"_L1).value_or(at),
                             .until = timeOf(object, "until"_L1)});
}

Status applyResume(Database &database, const QJsonObject &object, Timestamp)
{
    return RepoTable::resume(database, textOf(object, "host"_L1), textOf(object, "repo"_L1));
}

Status applyTrust(Database &database, const QJsonObject &object, Timestamp at)
{
    return RepoTable::setTrust(database,
                               {.host = textOf(object, "host"_L1),
                                .repo = textOf(object, "repo"_L1),
                                .surface = textOf(object, "surface"_L1),
                                .by = textOf(object, "by"_L1),
                                .at = at});
}

struct EventRule
{
    const char *event;
    const char *key; ///< what must be there besides host and time, or it is no such event
    Status (*apply)(Database &, const QJsonObject &, Timestamp);
};

constexpr std::array eventRules{
    EventRule{"commit", "sha", applyCommit},        EventRule{"push", "tip", applyPush},
    EventRule{"needs-push", "sha", applyNeedsPush}, EventRule{"push-not-needed", "branch", applyPushNotNeeded},
    EventRule{"release", "version", applyRelease},  EventRule{"pause", "host", applyPause},
    EventRule{"resume", "host", applyResume},       EventRule{"trust", "surface", applyTrust},
    EventRule{"renamed", "repo", applyRenamed},
};

} // namespace

QJsonObject commitEvent(const CommitRecord &commit, bool needsPush, Timestamp at)
{
    QJsonObject object = event("commit"_L1, at, commit.host, commit.repo);
    QJsonArray paths;
    for (const QByteArray &path : commit.paths.first(std::min(commit.paths.size(), CommitRecord::maxPaths)))
        paths.append(textFromPath(path));
    object.insert("origin"_L1, commit.origin);
    object.insert("path"_L1, textFromPath(commit.path));
    object.insert("branch"_L1, commit.branch);
    object.insert("sha"_L1, commit.sha);
    object.insert("parent"_L1, commit.parent);
    object.insert("subject"_L1, commit.subject);
    object.insert("body"_L1, commit.body);
    object.insert("source"_L1, messageSourceName(commit.source));
    object.insert("model"_L1, commit.model);
    object.insert("paths"_L1, paths);
    object.insert("path_count"_L1, std::max<qint64>(commit.pathCount, commit.paths.size()));
    object.insert("needs_push"_L1, needsPush);
    putTime(object, "authored_at"_L1, commit.authoredAt);
    putTime(object, "committed_at"_L1, commit.committedAt);
    putTime(object, "pushed_at"_L1, commit.pushedAt);
    putTime(object, "verified_at"_L1, commit.verifiedAt);
    return object;
}

QJsonObject renamedEvent(const RenamedCommits &renamed, Timestamp at)
{
    QJsonObject object = event("renamed"_L1, at, renamed.host, renamed.repo);
    QJsonObject names;
    for (auto it = renamed.names.cbegin(); it != renamed.names.cend(); ++it)
        names.insert(it.key(), it.value());
    object.insert("names"_L1, names);
    return object;
}

QJsonObject pushEvent(const PushRecord &push, Timestamp at)
{
    QJsonObject object = event("push"_L1, at, push.host, push.repo);
    object.insert("branch"_L1, push.branch);
    object.insert("tip"_L1, push.tip);
    object.insert("shas"_L1, QJsonArray::fromStringList(push.shas));
    object.insert("verified"_L1, push.verified);
    putTime(object, "pushed_at"_L1, push.pushedAt);
    return object;
}

QJsonObject needsPushEvent(const NeedsPushRecord &record, Timestamp at)
{
    QJsonObject object = event("needs-push"_L1, at, record.host, record.repo);
    object.insert("branch"_L1, record.branch);
    object.insert("sha"_L1, record.sha);
    putTime(object, "since"_L1, record.since);
    return object;
}

QJsonObject pushNotNeededEvent(const QString &host, const QString &repo, const QString &branch, Timestamp at)
{
    QJsonObject object = event("push-not-needed"_L1, at, host, repo);
    object.insert("branch"_L1, branch);
    return object;
}

QJsonObject releaseEvent(const ReleaseRecord &release, Timestamp at)
{
    QJsonObject object = event("release"_L1, at, release.host, release.repo);
    object.insert("package"_L1, release.package);
    object.insert("registry"_L1, release.registry);
    object.insert("version"_L1, release.version);
    object.insert("sha"_L1, release.sha);
    object.insert("state"_L1, releaseStateName(release.state));
    object.insert("checks"_L1, release.checks);
    object.insert("detail"_L1, release.detail);
    putTime(object, "first_seen"_L1, release.firstSeen);
    putTime(object, "last_checked"_L1, release.lastChecked);
    putTime(object, "next_check"_L1, release.nextCheck);
    return object;
}

QJsonObject pauseEvent(const PauseRecord &pause, Timestamp at)
{
    QJsonObject object = event("pause"_L1, at, pause.host, pause.repo);
    object.insert("reason"_L1, pause.reason);
    object.insert("by"_L1, pause.by);
    putTime(object, "since"_L1, pause.since);
    putTime(object, "until"_L1, pause.until);
    return object;
}

QJsonObject resumeEvent(const QString &host, const QString &repo, Timestamp at)
{
    return event("resume"_L1, at, host, repo);
}

QJsonObject trustEvent(const TrustRecord &trust, Timestamp at)
{
    QJsonObject object = event("trust"_L1, at, trust.host, trust.repo);
    object.insert("surface"_L1, trust.surface);
    object.insert("by"_L1, trust.by);
    return object;
}

Result<bool> applyActivity(Database &database, const QJsonObject &event)
{
    const QString name = textOf(event, "event"_L1);
    const auto rule
        = std::ranges::find_if(eventRules, [&](const EventRule &r) { return name == QLatin1String(r.event); });
    const auto at = timeOf(event, "at"_L1);
    if (rule == eventRules.end() || !at || textOf(event, "host"_L1).isEmpty()
        || textOf(event, QLatin1String(rule->key)).isEmpty())
        return false;
    AC_TRY(rule->apply(database, event, *at));
    return true;
}

} // namespace AutoCommit
