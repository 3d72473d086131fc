#include "core/store/statistics.h"

#include "core/store/database.h"

#include <QDateTime>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Conditions
{
    QString sql;
    QVariantList values;
};

Conditions conditionsOf(const StatisticsFilter &filter, QDate firstDay, const QString &timeColumn = u"committed_at"_s)
{
    const QDateTime start = firstDay.startOfDay(filter.zone);
    Conditions c{.sql = u" FROM commits WHERE %1 >= ?"_s.arg(timeColumn),
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

/// A quarter of an hour as the text "2026-08-22T10:3": offsets of time zones are whole quarters, and days of a zone
/// cannot be told by SQL that runs on both databases.
constexpr auto quarterOfAnHour
    = "substr(committed_at, 1, 14) || (CAST(substr(committed_at, 15, 2) AS INTEGER) / 15)"_L1;

std::optional<Timestamp> startOfQuarter(const QString &text)
{
    const auto hour = fromIsoText(text.left(14) + u"00:00Z"_s);
    return hour ? std::optional(*hour + text.sliced(14).toInt() * std::chrono::minutes(15)) : std::nullopt;
}

Status countDays(Database &database, const Conditions &c, const QTimeZone &zone, Statistics &statistics)
{
    const QDate first = statistics.perDay.first().first;
    return database.each(u"SELECT "_s + quarterOfAnHour + u", count(*)"_s + c.sql + u" GROUP BY 1"_s, c.values,
                         [&](const Row &row) {
                             const auto start = startOfQuarter(row.text(0));
                             const qint64 index = start ? first.daysTo(dayOf(*start, zone)) : -1;
                             if (index >= 0 && index < statistics.perDay.size())
                                 statistics.perDay[index].second += row.number(1);
                         });
}

Status countSources(Database &database, const Conditions &c, Statistics &statistics)
{
    return database.each(u"SELECT source, count(*)"_s + c.sql + u" GROUP BY source ORDER BY count(*) DESC, source"_s,
                         c.values, [&](const Row &row) {
                             statistics.bySource.append({messageSourceFromName(row.text(0)), row.number(1)});
                             statistics.commits += row.number(1);
                         });
}

Status countRepos(Database &database, const Conditions &c, Statistics &statistics)
{
    // Grouped by one text: for two columns SQLite reads the table in the order of another index, ten times slower.
    AC_TRY(database.each(
        u"SELECT max(host), max(repo), count(*)"_s + c.sql + u" GROUP BY host || '/' || repo ORDER BY 3 DESC, 1, 2"_s,
        c.values, [&](const Row &row) {
            statistics.byRepo.append({.host = row.text(0), .repo = row.text(1), .commits = row.number(2)});
        }));
    for (RepoCommitCount &count : statistics.byRepo)
        AC_TRY(database.each(
            u"SELECT origin FROM commits WHERE host = ? AND repo = ? ORDER BY committed_at DESC LIMIT 1"_s,
            {count.host, count.repo}, [&](const Row &row) { count.origin = row.text(0); }));
    return {};
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
    AC_TRY(countSources(database, c, statistics));
    AC_TRY(countRepos(database, c, statistics));
    // An expression instead of the column: so it goes by the index of unpushed commits, which are few.
    const Conditions few = conditionsOf(filter, firstDay, u"(committed_at || '')"_s);
    AC_TRY(database.each(u"SELECT count(*)"_s + few.sql + u" AND pushed_at IS NULL"_s, few.values,
                         [&](const Row &row) { statistics.unpushed = row.number(0); }));
    return statistics;
}

} // namespace AutoCommit
