#include "core/store/timestamp.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

namespace chrono = std::chrono;

constexpr Timestamp earliest = chrono::sys_days{chrono::year{0} / 1 / 1};
constexpr Timestamp latest = chrono::sys_days{chrono::year{10000} / 1 / 1} - chrono::milliseconds(1);

void putDigits(char16_t *at, int digits, int number)
{
    for (char16_t *p = at + digits; p != at; number /= 10)
        *--p = static_cast<char16_t>(u'0' + number % 10);
}

/// -1 when it is not all digits.
int takeDigits(QStringView text, qsizetype at, qsizetype digits)
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
    return chrono::floor<chrono::milliseconds>(clock.wall());
}

QString isoText(Timestamp time)
{
    const Timestamp t = std::clamp(time, earliest, latest);
    const auto day = chrono::floor<chrono::days>(t);
    const chrono::year_month_day date(day);
    const chrono::hh_mm_ss clock(t - day);
    std::array<char16_t, 24> out{u'0', u'0', u'0', u'0', u'-', u'0', u'0', u'-', u'0', u'0', u'T', u'0',
                                 u'0', u':', u'0', u'0', u':', u'0', u'0', u'.', u'0', u'0', u'0', u'Z'};
    putDigits(&out[0], 4, static_cast<int>(date.year()));
    putDigits(&out[5], 2, static_cast<int>(static_cast<unsigned>(date.month())));
    putDigits(&out[8], 2, static_cast<int>(static_cast<unsigned>(date.day())));
    putDigits(&out[11], 2, static_cast<int>(clock.hours().count()));
    putDigits(&out[14], 2, static_cast<int>(clock.minutes().count()));
    putDigits(&out[17], 2, static_cast<int>(clock.seconds().count()));
    putDigits(&out[20], 3, static_cast<int>(clock.subseconds().count()));
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
    const int month = takeDigits(text, 5, 2);
    const int dayOfMonth = takeDigits(text, 8, 2);
    const std::array<int, 7> parts{takeDigits(text, 0, 4),
                                   month,
                                   dayOfMonth,
                                   takeDigits(text, 11, 2),
                                   takeDigits(text, 14, 2),
                                   takeDigits(text, 17, 2),
                                   fraction ? takeDigits(text, 20, 3) : 0};
    if (std::ranges::any_of(parts, [](int part) { return part < 0; }) || parts[3] > 23 || parts[4] > 59
        || parts[5] > 59)
        return std::nullopt;
    const chrono::year_month_day date{chrono::year{parts[0]}, chrono::month{static_cast<unsigned>(month)},
                                      chrono::day{static_cast<unsigned>(dayOfMonth)}};
    if (!date.ok())
        return std::nullopt;
    return chrono::sys_days(date) + chrono::hours(parts[3]) + chrono::minutes(parts[4]) + chrono::seconds(parts[5])
        + chrono::milliseconds(parts[6]);
}

} // namespace AutoCommit
