#include "app/format.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype narrowest = 8; // characters that a column keeps

QString cell(const QString &text, qsizetype width)
{
    return text.size() <= width ? text.leftJustified(width) : text.left(width - 1) + u'…';
}

} // namespace

std::optional<std::chrono::seconds> parseSpan(const QString &text)
{
    static constexpr std::array<std::pair<char16_t, qint64>, 4> units{
        {{u's', 1}, {u'm', 60}, {u'h', 3600}, {u'd', 86400}}};
    if (text.isEmpty() || !text[0].isDigit())
        return std::nullopt;
    const auto unit = std::ranges::find(units, text.back().toLower().unicode(), &std::pair<char16_t, qint64>::first);
    bool isNumber = false;
    const qint64 count = (unit == units.end() ? text : text.chopped(1)).toLongLong(&isNumber);
    if (!isNumber || count < 0 || count > 100'000'000)
        return std::nullopt;
    return std::chrono::seconds(count * (unit == units.end() ? 1 : unit->second));
}

QString spanText(std::chrono::seconds span)
{
    const qint64 seconds = std::max<qint64>(0, span.count());
    if (seconds < 120)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 2 * 3600)
        return u"%1 min"_s.arg(seconds / 60);
    if (seconds < 2 * 86400)
        return u"%1 h"_s.arg(seconds / 3600);
    return u"%1 d"_s.arg(seconds / 86400);
}

QString ageText(const std::optional<Timestamp> &moment, Timestamp now)
{
    if (!moment || *moment == Timestamp())
        return u"never"_s;
    return spanText(std::chrono::duration_cast<std::chrono::seconds>(now - *moment)) + u" ago"_s;
}

QList<qsizetype> Table::widths(int available) const
{
    QList<qsizetype> widths;
    for (qsizetype column = 0; column < m_heading.size(); ++column) {
        qsizetype width = m_heading[column].size();
        for (const auto &[row, colour] : m_rows)
            width = std::max(width, row.value(column).size());
        widths += width;
    }
    for (;;) {
        const qsizetype total = std::accumulate(widths.begin(), widths.end(), 2 * (widths.size() - 1));
        const auto widest = std::ranges::max_element(widths);
        if (total <= available || *widest <= narrowest)
            return widths;
        --*widest;
    }
}

QString Table::text(const Terminal &terminal) const
{
    const QList<qsizetype> columns = widths(terminal.outIsTerminal() ? terminal.width() : 1'000'000);
    const auto line = [&](const QStringList &row) {
        QString text;
        for (qsizetype column = 0; column < columns.size(); ++column)
            text += cell(row.value(column), columns[column]) + u"  "_s;
        while (text.endsWith(u' '))
            text.chop(1);
        return text;
    };
    QString all = terminal.styled(Colour::Bold, line(m_heading)) + u'\n';
    for (const auto &[row, colour] : m_rows)
        all += terminal.styled(colour, line(row)) + u'\n';
    return all;
}

} // namespace AutoCommit
