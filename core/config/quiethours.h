#pragma once

#include <QDateTime>
#include <QStringList>

#include <optional>

namespace AutoCommit {

/// A part of every day; `to` before `from` is one that passes midnight. The start belongs to it, the end does not.
struct DailyRange
{
    QTime from;
    QTime to;

    bool contains(const QTime &time) const { return from < to ? time >= from && time < to : time >= from || time < to; }
};

/// "22:00-07:00": both in hours and minutes, and different.
std::optional<DailyRange> parseDailyRange(const QString &text);

/// When the quiet that `now` lies in ends, ranges that follow each other taken together; nothing outside of them. The
/// clock on the wall decides, as people mean it: on the days when clocks are changed a range is an hour shorter or
/// longer. What is no range is passed over.
std::optional<QDateTime> quietUntil(const QStringList &ranges, const QDateTime &now);

} // namespace AutoCommit
