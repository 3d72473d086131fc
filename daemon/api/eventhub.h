#pragma once

#include "core/base/clock.h"
#include "daemon/api/reply.h"
#include "daemon/steering.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>

namespace AutoCommit {

class StatusView;

/// GET /events: what the daemon tells, to everyone who listens. The last 1000 events are kept for clients that come
/// back with Last-Event-ID; one that cannot be brought up to date is told "reset" and asks for everything again.
/// Numbers of events grow across restarts of the daemon, too.
class EventHub final : public QObject
{
    Q_OBJECT

public:
    EventHub(Steering &steering, const Shapes &shapes, const StatusView &status, const Clock &clock);

    void subscribe(const Reply &reply, const QByteArray &lastEventId);
    qsizetype clients() const { return m_streams.size(); }

    static constexpr qsizetype ringSize = 1000;
    static constexpr qsizetype maxClients = 24; ///< of the 64 places, so that streams cannot take them all

private:
    struct Event
    {
        quint64 id = 0;
        QByteArray text = {};
    };

    void publish(const QByteArray &name, const QJsonObject &object);
    void toAll(const QByteArray &text);
    void flush();
    bool replay(const EventStream &stream, quint64 since) const;

    Steering &m_steering;
    const Shapes &m_shapes;
    const StatusView &m_status;
    QTimer m_coalesce; ///< status and repositories: at most four times a second
    QTimer m_ping;
    QSet<QString> m_changedRepos;
    bool m_statusChanged = false;
    std::deque<Event> m_ring;
    QList<EventStream> m_streams;
    quint64 m_last;
};

} // namespace AutoCommit
