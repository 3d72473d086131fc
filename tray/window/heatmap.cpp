#include "tray/window/heatmap.h"

#include "tray/window/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr int leftMargin = 34;
constexpr int topMargin = 20;
constexpr double gap = 3;

} // namespace

HeatMap::HeatMap(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Commits per day"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setSizePolicy(policy);
}

void HeatMap::setDays(const QList<ApiDayCount> &days, const QDate &today)
{
    m_weeks = Activity::calendar(days, today);
    m_current = -1;
    update();
}

QSize HeatMap::sizeHint() const
{
    return {leftMargin + 53 * 15, topMargin + 7 * 15 + 4};
}

QSize HeatMap::minimumSizeHint() const
{
    return {leftMargin + 53 * 11, topMargin + 7 * 15 + 4};
}

double HeatMap::pitch() const
{
    return std::min(static_cast<double>(width() - leftMargin) / Activity::weeks,
                    static_cast<double>(height() - topMargin) / 7);
}

QRectF HeatMap::cellRect(int week, int weekday) const
{
    const double step = pitch();
    return {leftMargin + week * step, topMargin + weekday * step, step - gap, step - gap};
}

QString HeatMap::textOf(const HeatCell &cell) const
{
    const QString day = QLocale().toString(cell.day, QLocale::LongFormat);
    return cell.commits == 0 ? tr("%1: no commits").arg(day)
                             : tr("%1: %n commits", nullptr, static_cast<int>(cell.commits)).arg(day);
}

void HeatMap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLabels(painter);
    const Theme &theme = Theme::current();
    for (int week = 0; week < m_weeks.size(); ++week) {
        for (int weekday = 0; weekday < 7; ++weekday) {
            const HeatCell &cell = m_weeks.at(week).at(static_cast<std::size_t>(weekday));
            if (!cell.day.isValid())
                continue;
            const bool current = hasFocus() && m_current == week * 7 + weekday;
            painter.setPen(current ? QPen(theme.text, 1.5) : Qt::NoPen);
            painter.setBrush(theme.heat.at(static_cast<std::size_t>(cell.level)));
            painter.drawRoundedRect(cellRect(week, weekday), 2.5, 2.5);
        }
    }
}

void HeatMap::paintLabels(QPainter &painter) const
{
    QFont small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    painter.setPen(Theme::current().muted);
    for (const int weekday : {0, 2, 4}) {
        const QRectF cell = cellRect(0, weekday);
        painter.drawText(QRectF(0, cell.top() - 3, leftMargin - 6, cell.height() + 6), Qt::AlignVCenter | Qt::AlignLeft,
                         QLocale().dayName(weekday + 1, QLocale::ShortFormat));
    }
    int lastEnd = 0;
    for (int week = 0; week + 1 < m_weeks.size(); ++week) {
        const QDate monday = m_weeks.at(week).front().day;
        const int x = qRound(cellRect(week, 0).left());
        if (monday.day() > 7 || x < lastEnd)
            continue;
        const QString month = QLocale().standaloneMonthName(monday.month(), QLocale::ShortFormat);
        painter.drawText(x, topMargin - 7, month);
        lastEnd = x + painter.fontMetrics().horizontalAdvance(month) + 8;
    }
}

const HeatCell *HeatMap::cellAt(const QPoint &point) const
{
    const auto week = static_cast<int>((point.x() - leftMargin) / pitch());
    const auto weekday = static_cast<int>((point.y() - topMargin) / pitch());
    if (point.x() < leftMargin || point.y() < topMargin || week >= m_weeks.size() || weekday > 6)
        return nullptr;
    const HeatCell &cell = m_weeks.at(week).at(static_cast<std::size_t>(weekday));
    return cell.day.isValid() ? &cell : nullptr;
}

bool HeatMap::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = dynamic_cast<QHelpEvent *>(event);
        if (const HeatCell *cell = help ? cellAt(help->pos()) : nullptr)
            QToolTip::showText(help->globalPos(), textOf(*cell), this);
        else
            QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

void HeatMap::moveTo(int index)
{
    const int last = static_cast<int>(m_weeks.size()) * 7 - 1;
    const int to = std::clamp(index, 0, last);
    const HeatCell &cell = m_weeks.at(to / 7).at(static_cast<std::size_t>(to % 7));
    if (!cell.day.isValid())
        return;
    m_current = to;
    const QString text = textOf(cell);
    setAccessibleDescription(text);
    QToolTip::showText(mapToGlobal(cellRect(to / 7, to % 7).bottomLeft().toPoint()), text, this);
    update();
}

void HeatMap::keyPressEvent(QKeyEvent *event)
{
    if (m_weeks.isEmpty())
        return;
    const int start = m_current < 0 ? static_cast<int>(m_weeks.size()) * 7 - 7 : m_current;
    switch (event->key()) {
    case Qt::Key_Left:
        moveTo(start - 7);
        break;
    case Qt::Key_Right:
        moveTo(start + 7);
        break;
    case Qt::Key_Up:
        moveTo(start - 1);
        break;
    case Qt::Key_Down:
        moveTo(start + 1);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace AutoCommit
