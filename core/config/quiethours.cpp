#include "core/config/quiethours.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// When this stretch of `range` is over. Where the change to summer time leaves that time out, it is as many seconds
/// away as the clock on the wall says before the change.
QDateTime endOf(const DailyRange &range, const QDateTime &inside)
{
    const bool tomorrow = range.to <= inside.time();
    QDateTime end = inside;
    end.setDate(inside.date().addDays(tomorrow ? 1 : 0));
    end.setTime(range.to);
    return end.isValid() ? end : inside.addSecs(inside.time().secsTo(range.to) + (tomorrow ? 86400 : 0));
}

} // namespace

std::optional<DailyRange> parseDailyRange(const QString &text)
{
    const QStringList ends = text.split(u'-');
    if (ends.size() != 2)
        return std::nullopt;
    const DailyRange range{QTime::fromString(ends[0].trimmed(), u"H:mm"_s),
                           QTime::fromString(ends[1].trimmed(), u"H:mm"_s)};
    return range.from.isValid() && range.to.isValid() && range.from != range.to ? std::optional(range) : std::nullopt;
}

std::optional<QDateTime> quietUntil(const QStringList &ranges, const QDateTime &now)
{
    QDateTime end = now;
    for (qsizetype i = 0; i < ranges.size(); ++i) { // each of them can make it longer once
        const auto next = std::ranges::find_if(ranges, [&](const QString &text) {
            const auto range = parseDailyRange(text);
            return range && range->contains(end.time());
        });
        if (next == ranges.end())
            break;
        end = endOf(*parseDailyRange(*next), end);
    }
    return end > now ? std::optional(end) : std::nullopt;
}

} // namespace AutoCommit
