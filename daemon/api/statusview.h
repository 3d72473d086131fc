#pragma once

#include "core/base/clock.h"
#include "daemon/api/historythread.h"
#include "daemon/api/shapes.h"

#include <QDate>
#include <QObject>
#include <QTimer>

namespace AutoCommit {

/// The object of GET /status and of its events. What only the history knows (commits of today, standing errors) is
/// asked in the background whenever something happened and at the change of the day.
class StatusView final : public QObject
{
    Q_OBJECT

public:
    StatusView(Steering &steering, const Shapes &shapes, HistoryThread &history, const Clock &clock);

    QJsonObject status() const;
    qint64 standingErrors() const { return m_errors; }

private:
    void refresh();
    QJsonObject counts(const QList<RepoSnapshot> &repos, qsizetype attention) const;
    QJsonArray attention(const QList<RepoSnapshot> &repos) const;

    Steering &m_steering;
    const Shapes &m_shapes;
    HistoryThread &m_history;
    const Clock &m_clock;
    QTimer m_soon; ///< many changes, one question
    QTimer m_regularly;
    qint64 m_commitsToday = 0;
    qint64 m_errors = 0;
    QList<ErrorRecord> m_general; ///< standing errors that are not about one repository
};

} // namespace AutoCommit
