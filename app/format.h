#pragma once

#include "app/terminal.h"
#include "core/store/timestamp.h"

#include <QStringList>

#include <chrono>
#include <optional>

namespace AutoCommit {

/// "90s", "5m", "2h", "1d", or a number of seconds.
std::optional<std::chrono::seconds> parseSpan(const QString &text);

/// "12 s", "5 min", "3 h", "2 d": one unit, rounded down.
QString spanText(std::chrono::seconds span);

/// "5 min ago"; "never" for none.
QString ageText(const std::optional<Timestamp> &moment, Timestamp now);

/// Rows under a heading, columns two blanks apart. When the terminal is too narrow the widest columns give way; text
/// that is cut ends with "…".
class Table
{
public:
    explicit Table(const QStringList &heading)
        : m_heading(heading)
    { }

    void add(const QStringList &row, Colour colour = Colour::Plain) { m_rows.append({row, colour}); }
    bool isEmpty() const { return m_rows.isEmpty(); }
    QString text(const Terminal &terminal) const;

private:
    QList<qsizetype> widths(int available) const;

    QStringList m_heading;
    QList<std::pair<QStringList, Colour>> m_rows;
};

} // namespace AutoCommit
