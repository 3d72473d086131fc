#include "core/config/quiethours.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// When this stretch of `range` is over. A time that the change to summer time leaves out is the one after the gap.
QDateTime endOf(const DailyRange &range, const QDateTime &inside)
{
    QDateTime end = inside;
    end.setTime(range.to);
    if (range.to <= inside.time()) {
        end = inside.addDays(1);
        end.setTime(range.to);
    }
    return end;
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
