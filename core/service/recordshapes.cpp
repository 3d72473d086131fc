#include "core/service/recordshapes.h"

#include "core/base/pathtext.h"

#include <QJsonArray>

namespace AutoCommit {

using namespace Qt::StringLiterals;

QString lastPart(const QString &path)
{
    return path.section(u'/', -1, -1, QString::SectionSkipEmpty);
}

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

QString RecordShapes::text(const QString &words) const
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

QJsonObject RecordShapes::cycle(const CycleRecord &record) const
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

QJsonObject RecordShapes::decision(const DecisionRecord &record) const
{
    return {
        {u"at"_s, isoText(record.at)},
        {u"stage"_s, record.stage},
        {u"what"_s, text(record.what)},
        {u"why"_s, text(record.why)},
    };
}

QJsonObject RecordShapes::exclusion(const ExclusionRecord &record) const
{
    return {
        {u"path"_s, textFromPath(record.path)},
        {u"rule"_s, record.rule},
        {u"reason"_s, text(record.reason)},
        {u"first_seen"_s, isoText(record.firstSeen)},
    };
}

QJsonObject RecordShapes::repo(const RepoRecord &record) const
{
    const QString path = textFromPath(record.path);
    const bool looked = record.lastLooked != Timestamp();
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
        {u"looked_at"_s, looked ? QJsonValue(isoText(record.lastLooked)) : QJsonValue(QJsonValue::Null)},
        {u"committed_at"_s, timeOrNull(record.lastCommitted)},
        {u"pulled_at"_s, timeOrNull(record.lastPulled)},
        {u"pushed_at"_s, timeOrNull(record.lastPushed)},
        {u"needs_push"_s, record.needsPush},
        {u"pause"_s, pause(record.pause)},
        {u"web_url"_s, webUrlOf(record.origin)},
    };
}

QJsonValue RecordShapes::pause(const std::optional<PauseRecord> &record) const
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

QJsonObject RecordShapes::statistics(const Statistics &numbers, const NameOf &nameOf) const
{
    QJsonArray days;
    for (const auto &[day, commits] : numbers.perDay)
        days.append(QJsonObject{{u"day"_s, day.toString(Qt::ISODate)}, {u"commits"_s, commits}});
    QJsonArray sources;
    for (const auto &[source, commits] : numbers.bySource)
        sources.append(QJsonObject{{u"source"_s, messageSourceName(source)}, {u"commits"_s, commits}});
    QJsonArray repos;
    for (const RepoCommitCount &count : numbers.byRepo) {
        const QString name = nameOf(count.repo);
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
