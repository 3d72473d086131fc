#pragma once

#include "tray/model/activity.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace AutoCommit {

class HeatMap;

/// How much is committed: today, the year as a calendar, who wrote the messages, and what is going on right now.
class ActivityPage : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityPage(DaemonModel &daemon, QWidget *parent = nullptr);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void fill();
    void fillNow();
    QWidget *makeFigure(const QString &what, QLabel **value);
    void fillBars(QGridLayout *grid, const QList<SourceShare> &shares);
    QWidget *makeBarsCard(const QString &title, QGridLayout **grid);

    DaemonModel &m_daemon;
    Activity m_activity;
    QLabel *m_today = nullptr;
    QLabel *m_year = nullptr;
    QLabel *m_streak = nullptr;
    QLabel *m_busiest = nullptr;
    HeatMap *m_heat = nullptr;
    QLabel *m_now = nullptr;
    QGridLayout *m_sources = nullptr;
    QGridLayout *m_repos = nullptr;
    QLabel *m_error = nullptr;
};

} // namespace AutoCommit
