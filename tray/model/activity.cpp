#include "tray/model/activity.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QHash<QDate, qint64> byDay(const QList<ApiDayCount> &days)
{
    QHash<QDate, qint64> counts;
    for (const ApiDayCount &day : days)
        counts[day.day] += day.commits;
    return counts;
}

/// The commits from which on a day is in level 2, 3 and 4. By rank and not by the highest day: one import of a thousand
/// commits must not make every other day look empty.
std::array<qint64, 3> thresholds(const QList<ApiDayCount> &days)
{
    QList<qint64> busy;
    for (const ApiDayCount &day : days)
        if (day.commits > 0)
            busy.append(day.commits);
    std::ranges::sort(busy);
    const auto at = [&](int percent) { return busy.isEmpty() ? 0 : busy.at((busy.size() - 1) * percent / 100); };
    return {std::max<qint64>(at(30), 2), std::max<qint64>(at(60), 3), std::max<qint64>(at(85), 4)};
}

} // namespace

Activity::Activity(DaemonModel &daemon, QObject *parent)
    : QObject(parent)
    , m_daemon(daemon)
{
    m_later.setSingleShot(true);
    m_later.setInterval(5s);
    connect(&m_later, &QTimer::timeout, this, &Activity::load);
    connect(&daemon, &DaemonModel::commitArrived, this, [this] {
        if (m_active && !m_later.isActive())
            m_later.start();
    });
    connect(&daemon.api(), &ApiClient::endpointChanged, this, [this] {
        m_loaded = false;
        m_stats = {};
        if (m_active)
            load();
    });
}

void Activity::activate()
{
    m_active = true;
    if (!m_loaded)
        load();
}

void Activity::load()
{
    QUrlQuery query;
    query.addQueryItem(u"days"_s, u"371"_s);
    m_daemon.api().get(u"/stats"_s, query, this, [this](const Result<QJsonObject> &answer) {
        m_error = answer ? QString() : answer.error().message;
        if (answer) {
            m_stats = parseStats(*answer);
            m_loaded = true;
        }
        Q_EMIT changed();
    });
}

QList<std::array<HeatCell, 7>> Activity::calendar(const QList<ApiDayCount> &days, const QDate &today)
{
    const QHash<QDate, qint64> counts = byDay(days);
    const std::array<qint64, 3> limits = thresholds(days);
    const QDate first = today.addDays(1 - today.dayOfWeek() - 7 * (weeks - 1));
    QList<std::array<HeatCell, 7>> columns(weeks);
    for (int week = 0; week < weeks; ++week) {
        for (int weekday = 0; weekday < 7; ++weekday) {
            const QDate day = first.addDays(7 * week + weekday);
            if (day > today)
                continue;
            const qint64 commits = counts.value(day);
            const auto passed = std::ranges::count_if(limits, [&](qint64 limit) { return commits >= limit; });
            columns[week].at(static_cast<std::size_t>(weekday))
                = {.day = day, .commits = commits, .level = commits == 0 ? 0 : 1 + static_cast<int>(passed)};
        }
    }
    return columns;
}

int Activity::streak(const QList<ApiDayCount> &days, const QDate &today)
{
    const QHash<QDate, qint64> counts = byDay(days);
    QDate day = counts.value(today) > 0 ? today : today.addDays(-1);
    int length = 0;
    for (; counts.value(day) > 0; day = day.addDays(-1))
        ++length;
    return length;
}

QList<SourceShare> Activity::sources() const
{
    QList<SourceShare> shares;
    qint64 total = 0;
    for (const ApiNamedCount &count : m_stats.bySource)
        total += count.commits;
    for (const ApiNamedCount &count : m_stats.bySource) {
        const QString name = count.key == u"llm"_s ? tr("Model")
            : count.key == u"llm-repaired"_s       ? tr("Model, corrected")
            : count.key == u"builtin"_s            ? tr("Built-in engine")
                                                   : count.key;
        shares.append({.name = name,
                       .commits = count.commits,
                       .share = total > 0 ? static_cast<double>(count.commits) / static_cast<double>(total) : 0});
    }
    return shares;
}

qint64 Activity::today() const
{
    return byDay(m_stats.perDay).value(QDate::currentDate());
}

ApiDayCount Activity::busiest() const
{
    const auto most = std::ranges::max_element(m_stats.perDay, {}, &ApiDayCount::commits);
    return most == m_stats.perDay.end() ? ApiDayCount{} : *most;
}

} // namespace AutoCommit
