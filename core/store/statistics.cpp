#include "core/store/statistics.h"

#include "core/store/database.h"

#include <QDateTime>
#include <QStringList>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Conditions
{
    QString sql;
    QVariantList values;
};

Conditions conditionsOf(const StatisticsFilter &filter, QDate firstDay)
{
    const QDateTime start = firstDay.startOfDay(filter.zone);
    Conditions c{.sql = u" FROM commits WHERE committed_at >= ?"_s,
                 .values = {sqlValue(Timestamp(std::chrono::milliseconds(start.toMSecsSinceEpoch())))}};
    if (!filter.host.isEmpty()) {
        c.sql += u" AND host = ?"_s;
        c.values.append(filter.host);
    }
    if (!filter.repo.isEmpty()) {
        c.sql += u" AND repo = ?"_s;
        c.values.append(filter.repo);
    }
    return c;
}

QDate dayOf(Timestamp time, const QTimeZone &zone)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), zone).date();
}

/// Days of a time zone cannot be told by SQL that runs on both databases; minutes can, and offsets are whole minutes.
Status countDays(Database &database, const Conditions &c, const QTimeZone &zone, Statistics &statistics)
{
    const QDate first = statistics.perDay.first().first;
    return database.each(u"SELECT substr(committed_at, 1, 16), count(*)"_s + c.sql
                             + u" GROUP BY substr(committed_at, 1, 16)"_s,
                         c.values, [&](const Row &row) {
                             const auto minute = fromIsoText(row.text(0) + u":00Z"_s);
                             const qint64 index = minute ? first.daysTo(dayOf(*minute, zone)) : -1;
                             if (index < 0 || index >= statistics.perDay.size())
                                 return;
                             statistics.perDay[index].second += row.number(1);
                         });
}

} // namespace

Result<Statistics> commitStatistics(Database &database, const StatisticsFilter &filter)
{
    const QDate lastDay = dayOf(filter.now, filter.zone);
    const QDate firstDay = lastDay.addDays(1 - qBound(1, filter.days, 3660));
    Statistics statistics;
    for (QDate day = firstDay; day <= lastDay; day = day.addDays(1))
        statistics.perDay.append({day, 0});
    const Conditions c = conditionsOf(filter, firstDay);
    AC_TRY(countDays(database, c, filter.zone, statistics));
    AC_TRY(database.each(u"SELECT source, count(*)"_s + c.sql + u" GROUP BY source ORDER BY count(*) DESC, source"_s,
                         c.values, [&](const Row &row) {
                             statistics.bySource.append({messageSourceFromName(row.text(0)), row.number(1)});
                             statistics.commits += row.number(1);
                         }));
    AC_TRY(database.each(
        u"SELECT host, repo, max(origin), count(*)"_s + c.sql
            + u" GROUP BY host, repo ORDER BY count(*) DESC, host, repo"_s,
        c.values, [&](const Row &row) {
            statistics.byRepo.append(
                {.host = row.text(0), .repo = row.text(1), .origin = row.text(2), .commits = row.number(3)});
        }));
    AC_TRY(database.each(u"SELECT count(*)"_s + c.sql + u" AND pushed_at IS NULL"_s, c.values,
                         [&](const Row &row) { statistics.unpushed = row.number(0); }));
    return statistics;
}

} // namespace AutoCommit
