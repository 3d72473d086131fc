#include "daemon/api/shapes.h"

#include "core/base/pathtext.h"
#include "daemon/api/apierror.h"

#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString lastPart(const QString &path)
{
    return path.section(u'/', -1, -1, QString::SectionSkipEmpty);
}

QJsonObject standingError(const ErrorRecord &error, const Shapes &shapes)
{
    return {
        {u"id"_s, QString::number(error.id)},
        {u"kind"_s, error.kind},
        {u"message"_s, shapes.text(error.message)},
        {u"advice"_s, adviceFor(errorKindFromName(error.kind))},
    };
}

} // namespace

QJsonValue timeOrNull(const std::optional<Timestamp> &time)
{
    return time ? QJsonValue(isoText(*time)) : QJsonValue(QJsonValue::Null);
}

QString webUrlOf(const QString &origin, const QString &sha)
{
    // "host/owner/name" as normalisedUrl() spells it. A port is that of ssh or of a server without a name: no guess.
    const QString host = origin.section(u'/', 0, 0);
    if (origin.startsWith(u'/') || !host.contains(u'.') || host.contains(u':') || origin.count(u'/') < 2)
        return {};
    const QString url = u"https://"_s + origin;
    if (sha.isEmpty())
        return url;
    return url + (host.startsWith("gitlab."_L1) ? "/-/commit/"_L1 : "/commit/"_L1) + sha;
}

QString driftText(const QString &version, qint64 protocol)
{
    if (protocol != apiProtocol)
        return u"speaks protocol %1, this daemon %2"_s.arg(protocol).arg(apiProtocol);
    const QString own = QStringLiteral(AC_VERSION);
    return version == own ? QString() : u"runs version %1, this daemon %2"_s.arg(version, own);
}

QString Shapes::text(const QString &words) const
{
    QString result = words;
    const QString home = m_paths.home();
    if (home.size() > 1) {
        result.replace(home + u'/', u"~/"_s);
        if (result == home)
            result = u"~"_s;
    }
    return result;
}

QString Shapes::repoName(const QString &id) const
{
    const auto snapshot = id.isEmpty() ? std::nullopt : m_steering.repo(id);
    return snapshot ? lastPart(textFromPath(snapshot->record.path)) : QString();
}

QJsonObject Shapes::commit(const CommitRecord &record) const
{
    QJsonArray paths;
    for (const QByteArray &path : record.paths)
        paths.append(textFromPath(path));
    const QString place = record.path.isEmpty() ? record.origin : textFromPath(record.path);
    return {
        {u"id"_s, QString::number(record.id)},
        {u"sha"_s, record.sha},
        {u"parent"_s, record.parent},
        {u"host"_s, record.host},
        {u"repo"_s, record.repo},
        {u"name"_s, lastPart(place)},
        {u"origin"_s, text(record.origin)},
        {u"branch"_s, record.branch},
        {u"subject"_s, record.subject},
        {u"body"_s, record.body},
        {u"source"_s, messageSourceName(record.source)},
        {u"model"_s, record.model},
        {u"authored_at"_s, isoText(record.authoredAt)},
        {u"committed_at"_s, isoText(record.committedAt)},
        {u"pushed_at"_s, timeOrNull(record.pushedAt)},
        {u"verified_at"_s, timeOrNull(record.verifiedAt)},
        {u"paths"_s, paths},
        {u"path_count"_s, record.pathCount > 0 ? record.pathCount : record.paths.size()},
        {u"web_url"_s, webUrlOf(record.origin, record.sha)},
    };
}

QJsonObject Shapes::cycle(const CycleRecord &record) const
{
    return {
        {u"id"_s, QString::number(record.id)},
        {u"host"_s, record.host},
        {u"daemon"_s, record.daemon},
        {u"reason"_s, record.reason},
        {u"started_at"_s, isoText(record.startedAt)},
        {u"finished_at"_s, isoText(record.finishedAt)},
        {u"repos"_s, record.repos},
        {u"committed"_s, record.committed},
        {u"pulled"_s, record.pulled},
        {u"pushed"_s, record.pushed},
        {u"skipped"_s, record.skipped},
        {u"failed"_s, record.failed},
        {u"note"_s, text(record.note)},
    };
}

QJsonObject Shapes::error(const ErrorRecord &record) const
{
    QJsonObject object = standingError(record, *this);
    object[u"host"] = record.host;
    object[u"repo"] = record.repo;
    object[u"name"] = repoName(record.repo);
    object[u"first_seen"] = isoText(record.firstSeen);
    object[u"last_seen"] = isoText(record.lastSeen);
    object[u"count"] = record.count;
    object[u"resolved_at"] = timeOrNull(record.resolvedAt);
    object[u"resolved_by"] = record.resolvedBy;
    return object;
}

QJsonObject Shapes::decision(const DecisionRecord &record) const
{
    return {
        {u"at"_s, isoText(record.at)},
        {u"stage"_s, record.stage},
        {u"what"_s, text(record.what)},
        {u"why"_s, text(record.why)},
    };
}

QJsonObject Shapes::exclusion(const ExclusionRecord &record) const
{
    return {
        {u"path"_s, textFromPath(record.path)},
        {u"rule"_s, record.rule},
        {u"reason"_s, text(record.reason)},
        {u"first_seen"_s, isoText(record.firstSeen)},
    };
}

QJsonObject Shapes::release(const ReleaseRecord &record) const
{
    return {
        {u"id"_s, QString::number(record.id)},
        {u"host"_s, record.host},
        {u"repo"_s, record.repo},
        {u"name"_s, repoName(record.repo)},
        {u"package"_s, record.package},
        {u"registry"_s, record.registry},
        {u"version"_s, record.version},
        {u"sha"_s, record.sha},
        {u"state"_s, releaseStateName(record.state)},
        {u"first_seen"_s, isoText(record.firstSeen)},
        {u"last_checked"_s, timeOrNull(record.lastChecked)},
        {u"next_check"_s, timeOrNull(record.nextCheck)},
        {u"checks"_s, record.checks},
        {u"detail"_s, text(record.detail)},
    };
}

QJsonObject Shapes::repo(const RepoSnapshot &snapshot) const
{
    const RepoRecord &record = snapshot.record;
    const QString path = textFromPath(record.path);
    return {
        {u"id"_s, record.id},
        {u"name"_s, lastPart(path)},
        {u"path"_s, text(path)},
        {u"host"_s, record.host},
        {u"origin"_s, text(record.origin)},
        {u"branch"_s, record.branch},
        {u"head"_s, record.head},
        {u"upstream"_s, record.upstream},
        {u"ahead"_s, record.ahead},
        {u"behind"_s, record.behind},
        {u"state"_s, record.state},
        {u"reason"_s, text(record.reason)},
        {u"looked_at"_s, record.lastLooked == Timestamp() ? QJsonValue(QJsonValue::Null) : isoText(record.lastLooked)},
        {u"committed_at"_s, timeOrNull(record.lastCommitted)},
        {u"pulled_at"_s, timeOrNull(record.lastPulled)},
        {u"pushed_at"_s, timeOrNull(record.lastPushed)},
        {u"changed_at"_s, timeOrNull(snapshot.changedAt)},
        {u"needs_push"_s, record.needsPush},
        {u"pause"_s, pause(record.pause)},
        {u"excluded"_s, snapshot.excluded},
        {u"error"_s, snapshot.error ? QJsonValue(standingError(*snapshot.error, *this)) : QJsonValue(QJsonValue::Null)},
        {u"running"_s, snapshot.running},
        {u"stage"_s, snapshot.stage},
        {u"web_url"_s, webUrlOf(record.origin)},
    };
}

QJsonObject Shapes::host(const HostRecord &record) const
{
    return {
        {u"name"_s, record.name},
        {u"version"_s, record.version},
        {u"protocol"_s, record.protocol},
        {u"system"_s, record.system},
        {u"first_seen"_s, isoText(record.firstSeen)},
        {u"last_seen"_s, isoText(record.lastSeen)},
        {u"drift"_s, driftText(record.version, record.protocol)},
    };
}

QJsonValue Shapes::pause(const std::optional<PauseRecord> &record) const
{
    if (!record)
        return QJsonValue(QJsonValue::Null);
    return QJsonObject{
        {u"reason"_s, text(record->reason)},
        {u"by"_s, record->by},
        {u"since"_s, isoText(record->since)},
        {u"until"_s, timeOrNull(record->until)},
    };
}

QJsonObject Shapes::progress(const CycleProgress &cycle) const
{
    return {
        {u"number"_s, cycle.number},
        {u"running"_s, cycle.running},
        {u"reason"_s, cycle.reason},
        {u"started_at"_s, timeOrNull(cycle.startedAt)},
        {u"finished_at"_s, timeOrNull(cycle.finishedAt)},
        {u"next_at"_s, timeOrNull(cycle.nextAt)},
        {u"done"_s, cycle.done},
        {u"total"_s, cycle.total},
    };
}

QJsonObject Shapes::statistics(const Statistics &numbers) const
{
    QJsonArray days;
    for (const auto &[day, commits] : numbers.perDay)
        days.append(QJsonObject{{u"day"_s, day.toString(Qt::ISODate)}, {u"commits"_s, commits}});
    QJsonArray sources;
    for (const auto &[source, commits] : numbers.bySource)
        sources.append(QJsonObject{{u"source"_s, messageSourceName(source)}, {u"commits"_s, commits}});
    QJsonArray repos;
    for (const RepoCommitCount &count : numbers.byRepo) {
        const QString name = repoName(count.repo);
        repos.append(QJsonObject{
            {u"repo"_s, count.repo},
            {u"host"_s, count.host},
            {u"name"_s, name.isEmpty() ? lastPart(count.origin) : name},
            {u"commits"_s, count.commits},
        });
    }
    return {
        {u"commits"_s, numbers.commits},
        {u"unpushed"_s, numbers.unpushed},
        {u"per_day"_s, days},
        {u"by_source"_s, sources},
        {u"by_repo"_s, repos},
    };
}

} // namespace AutoCommit
