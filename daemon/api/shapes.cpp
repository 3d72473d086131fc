#include "daemon/api/shapes.h"

#include "core/base/pathtext.h"
#include "daemon/api/apierror.h"

#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

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

QString driftText(const QString &version, qint64 protocol)
{
    if (protocol != apiProtocol)
        return u"speaks protocol %1, this daemon %2"_s.arg(protocol).arg(apiProtocol);
    const QString own = QStringLiteral(AC_VERSION);
    return version == own ? QString() : u"runs version %1, this daemon %2"_s.arg(version, own);
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
    QJsonObject object = RecordShapes::repo(snapshot.record);
    object[u"changed_at"] = timeOrNull(snapshot.changedAt);
    object[u"excluded"] = snapshot.excluded;
    object[u"error"]
        = snapshot.error ? QJsonValue(standingError(*snapshot.error, *this)) : QJsonValue(QJsonValue::Null);
    object[u"running"] = snapshot.running;
    object[u"stage"] = snapshot.stage;
    return object;
}

QJsonObject Shapes::statistics(const Statistics &numbers) const
{
    return RecordShapes::statistics(numbers, [this](const QString &id) { return repoName(id); });
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

} // namespace AutoCommit
