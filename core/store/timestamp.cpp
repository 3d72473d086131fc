#include "core/store/timestamp.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace std::chrono;

constexpr Timestamp earliest = sys_days{year{0} / 1 / 1};
constexpr Timestamp latest = sys_days{year{10000} / 1 / 1} - milliseconds(1);

void put(char16_t *at, int digits, int number)
{
    for (char16_t *p = at + digits; p != at; number /= 10)
        *--p = static_cast<char16_t>(u'0' + number % 10);
}

/// -1 when it is not all digits.
int take(QStringView text, qsizetype at, qsizetype digits)
{
    int number = 0;
    for (qsizetype i = at; i < at + digits; ++i) {
        const char16_t c = text[i].unicode();
        if (c < u'0' || c > u'9')
            return -1;
        number = number * 10 + (c - u'0');
    }
    return number;
}

} // namespace

Timestamp wallTime(const Clock &clock)
{
    return floor<milliseconds>(clock.wall());
}

QString isoText(Timestamp time)
{
    const Timestamp t = std::clamp(time, earliest, latest);
    const auto day = floor<days>(t);
    const year_month_day date(day);
    const hh_mm_ss clock(t - day);
    std::array<char16_t, 24> out{u'0', u'0', u'0', u'0', u'-', u'0', u'0', u'-', u'0', u'0', u'T', u'0',
                                 u'0', u':', u'0', u'0', u':', u'0', u'0', u'.', u'0', u'0', u'0', u'Z'};
    put(&out[0], 4, static_cast<int>(date.year()));
    put(&out[5], 2, static_cast<int>(static_cast<unsigned>(date.month())));
    put(&out[8], 2, static_cast<int>(static_cast<unsigned>(date.day())));
    put(&out[11], 2, static_cast<int>(clock.hours().count()));
    put(&out[14], 2, static_cast<int>(clock.minutes().count()));
    put(&out[17], 2, static_cast<int>(clock.seconds().count()));
    put(&out[20], 3, static_cast<int>(clock.subseconds().count()));
    return QString::fromUtf16(out.data(), static_cast<qsizetype>(out.size()));
}

std::optional<Timestamp> fromIsoText(QStringView text)
{
    const bool fraction = text.size() == 24;
    if (!fraction && text.size() != 20)
        return std::nullopt;
    if (text[4] != u'-' || text[7] != u'-' || text[10] != u'T' || text[13] != u':' || text[16] != u':'
        || text.back() != u'Z' || (fraction && text[19] != u'.'))
        return std::nullopt;
    const int month = take(text, 5, 2);
    const int dayOfMonth = take(text, 8, 2);
    const std::array<int, 7> parts{take(text, 0, 4),
                                   month,
                                   dayOfMonth,
                                   take(text, 11, 2),
                                   take(text, 14, 2),
                                   take(text, 17, 2),
                                   fraction ? take(text, 20, 3) : 0};
    if (std::ranges::any_of(parts, [](int part) { return part < 0; }) || parts[3] > 23 || parts[4] > 59
        || parts[5] > 59)
        return std::nullopt;
    const year_month_day date{year{parts[0]}, std::chrono::month{static_cast<unsigned>(month)},
                              day{static_cast<unsigned>(dayOfMonth)}};
    if (!date.ok())
        return std::nullopt;
    return sys_days(date) + hours(parts[3]) + minutes(parts[4]) + seconds(parts[5]) + milliseconds(parts[6]);
}

} // namespace AutoCommit
