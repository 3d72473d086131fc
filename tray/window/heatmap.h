#pragma once

#include "tray/model/activity.h"

#include <QWidget>

namespace AutoCommit {

/// A year of commits as a calendar: a column for a week, a square for a day. The arrow keys walk over the days.
class HeatMap : public QWidget
{
    Q_OBJECT

public:
    explicit HeatMap(QWidget *parent = nullptr);

    void setDays(const QList<ApiDayCount> &days, const QDate &today);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF cellRect(int week, int weekday) const;
    double pitch() const;
    QString textOf(const HeatCell &cell) const;
    void paintLabels(QPainter &painter) const;
    const HeatCell *cellAt(const QPoint &point) const;
    void moveTo(int index);

    QList<std::array<HeatCell, 7>> m_weeks;
    int m_current = -1; ///< week * 7 + weekday, by keyboard
};

} // namespace AutoCommit
