#include "daemon/api/statusview.h"

#include "core/base/pathtext.h"
#include "daemon/api/apierror.h"

#include <QCoreApplication>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Background
{
    qint64 commitsToday = 0;
    qint64 errors = 0;
    QList<ErrorRecord> general = {};
};

Result<Background> askHistory(HistoryQueries &history, const QString &host, Timestamp now)
{
    AC_ASSIGN(const Statistics today,
              history.statistics({.now = now, .days = 1, .zone = QTimeZone::systemTimeZone(), .host = host}));
    AC_ASSIGN(const Page<ErrorRecord> errors, history.standingErrors({.host = host, .limit = HistoryFilter::maxLimit}));
    Background result{.commitsToday = today.commits, .errors = errors.items.size()};
    for (const ErrorRecord &error : errors.items) {
        if (error.repo.isEmpty())
            result.general.append(error);
    }
    return result;
}

QJsonObject attentionEntry(const QString &name, const ErrorRecord &error, const Shapes &shapes)
{
    return {
        {u"repo"_s, error.repo},
        {u"name"_s, name},
        {u"kind"_s, error.kind},
        {u"message"_s, shapes.text(error.message)},
        {u"advice"_s, adviceFor(errorKindFromName(error.kind))},
        {u"since"_s, isoText(error.firstSeen)},
    };
}

QString holdName(HoldSnapshot::Kind kind)
{
    switch (kind) {
    case HoldSnapshot::Kind::QuietHours:
        return u"quiet_hours"_s;
    case HoldSnapshot::Kind::Battery:
        return u"battery"_s;
    case HoldSnapshot::Kind::Metered:
        break;
    }
    return u"metered"_s;
}

QJsonArray holdsOf(const DaemonSnapshot &daemon)
{
    QJsonArray holds;
    for (const HoldSnapshot &hold : daemon.holds)
        holds.append(QJsonObject{
            {u"kind"_s, holdName(hold.kind)}, {u"text"_s, hold.text}, {u"until"_s, timeOrNull(hold.until)}});
    return holds;
}

} // namespace

StatusView::StatusView(Steering &steering, const Shapes &shapes, HistoryThread &history, const Clock &clock)
    : m_steering(steering)
    , m_shapes(shapes)
    , m_history(history)
    , m_clock(clock)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds(200));
    m_regularly.setInterval(std::chrono::minutes(1));
    connect(&m_soon, &QTimer::timeout, this, &StatusView::refresh);
    connect(&m_regularly, &QTimer::timeout, this, &StatusView::refresh);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&steering, &Steering::committed, this, soon);
    connect(&steering, &Steering::errorSeen, this, soon);
    connect(&steering, &Steering::cycleFinished, this, soon);
    m_regularly.start();
    refresh();
}

void StatusView::refresh()
{
    const auto query = [host = m_steering.status().host, now = wallTime(m_clock)](HistoryQueries &history) {
        return askHistory(history, host, now);
    };
    m_history.ask<Background>(query, [this](const Result<Background> &answer) {
        if (!answer)
            return; // the last known numbers stay; the daemon's notes tell what is wrong with the history
        m_commitsToday = answer->commitsToday;
        m_errors = answer->errors;
        m_general = answer->general;
    });
}

QJsonArray StatusView::attention(const QList<RepoSnapshot> &repos) const
{
    QJsonArray entries;
    for (const RepoSnapshot &repo : repos) {
        if (repo.error)
            entries.append(attentionEntry(textFromPath(repo.record.path).section(u'/', -1), *repo.error, m_shapes));
    }
    for (const ErrorRecord &error : m_general)
        entries.append(attentionEntry({}, error, m_shapes));
    return entries;
}

QJsonObject StatusView::counts(const QList<RepoSnapshot> &repos, qsizetype attention) const
{
    const auto number = [&](auto is) { return static_cast<qint64>(std::ranges::count_if(repos, is)); };
    qint64 excluded = 0;
    for (const RepoSnapshot &repo : repos)
        excluded += repo.excluded;
    const Timestamp now = wallTime(m_clock);
    const qint64 withError = number([](const RepoSnapshot &repo) { return repo.error.has_value(); });
    return {
        {u"repos"_s, repos.size()},
        {u"attention"_s, attention},
        {u"unpushed"_s, number([](const RepoSnapshot &repo) { return repo.record.needsPush; })},
        {u"errors"_s, std::max(m_errors, withError)},
        {u"excluded"_s, excluded},
        {u"commits_today"_s, m_commitsToday},
        {u"paused"_s, number([&](const RepoSnapshot &repo) {
             return repo.record.pause && (!repo.record.pause->until || *repo.record.pause->until > now);
         })},
    };
}

QJsonObject StatusView::status() const
{
    const DaemonSnapshot daemon = m_steering.status();
    const QList<RepoSnapshot> repos = m_steering.repos();
    const QJsonArray needed = attention(repos);
    QJsonArray notes;
    for (const QString &note : daemon.notes)
        notes.append(m_shapes.text(note));
    return {
        {u"name"_s, daemon.name},
        {u"host"_s, daemon.host},
        {u"version"_s, QStringLiteral(AC_VERSION)},
        {u"protocol"_s, apiProtocol},
        {u"pid"_s, QCoreApplication::applicationPid()},
        {u"started_at"_s, isoText(daemon.startedAt)},
        {u"now"_s, isoText(wallTime(m_clock))},
        {u"state"_s, daemon.state},
        {u"pause"_s, m_shapes.pause(daemon.pause)},
        {u"holds"_s, holdsOf(daemon)},
        {u"cycle"_s, m_shapes.progress(daemon.cycle)},
        {u"counts"_s, counts(repos, needed.size())},
        {u"watch"_s,
         QJsonObject{{u"events"_s, daemon.watch.events},
                     {u"directories"_s, daemon.watch.directories},
                     {u"note"_s, m_shapes.text(daemon.watch.note)}}},
        {u"coordinator"_s,
         QJsonObject{{u"url"_s, daemon.coordinator.url},
                     {u"state"_s, daemon.coordinator.state},
                     {u"checked_at"_s, timeOrNull(daemon.coordinator.checkedAt)}}},
        {u"notes"_s, notes},
        {u"attention"_s, needed},
    };
}

} // namespace AutoCommit
