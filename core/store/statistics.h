#pragma once

#include "core/base/result.h"
#include "core/store/records.h"

#include <QDate>
#include <QTimeZone>

namespace AutoCommit {

struct StatisticsFilter
{
    Timestamp now = {}; ///< the last day counted is the one this moment is in
    int days = 365; ///< how many days, that one included
    QTimeZone zone = QTimeZone::utc(); ///< whose days
    QString host = {}; ///< empty = every host
    QString repo = {}; ///< empty = every repository
};

struct RepoCommitCount
{
    QString host = {};
    QString repo = {};
    QString origin = {};
    qint64 commits = 0;
};

/// Commits of the days asked for.
struct Statistics
{
    QList<std::pair<QDate, qint64>> perDay = {}; ///< every day in order, also those without a commit
    QList<std::pair<MessageSource, qint64>> bySource = {}; ///< most first
    QList<RepoCommitCount> byRepo = {}; ///< most first
    qint64 commits = 0;
    qint64 unpushed = 0; ///< of them
};

class Database;
Result<Statistics> commitStatistics(Database &database, const StatisticsFilter &filter);

} // namespace AutoCommit
