#include "daemon/api/eventhub.h"

#include "daemon/api/statusview.h"

#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr std::chrono::milliseconds coalescedFor{250};
constexpr std::chrono::seconds pingEvery{15};
// A thousand events a millisecond would have to happen before a restarted daemon could use a number again; the numbers
// stay below 2^53, which is what JavaScript counts exactly.
constexpr quint64 eventsPerMillisecond = 1000;

QByteArray eventText(quint64 id, const QByteArray &name, const QJsonObject &object)
{
    return "id: " + QByteArray::number(id) + "\nevent: " + name
        + "\ndata: " + QJsonDocument(object).toJson(QJsonDocument::Compact) + "\n\n";
}

} // namespace

EventHub::EventHub(Steering &steering, const Shapes &shapes, const StatusView &status, const Clock &clock)
    : m_steering(steering)
    , m_shapes(shapes)
    , m_status(status)
    , m_last(static_cast<quint64>(wallTime(clock).time_since_epoch().count()) * eventsPerMillisecond)
{
    m_coalesce.setSingleShot(true);
    m_coalesce.setInterval(coalescedFor);
    m_ping.setInterval(pingEvery);
    connect(&m_coalesce, &QTimer::timeout, this, &EventHub::flush);
    connect(&m_ping, &QTimer::timeout, this, [this] { toAll(": still here\n\n"); });
    connect(&steering, &Steering::statusChanged, this, [this] {
        m_statusChanged = true;
        if (!m_coalesce.isActive())
            m_coalesce.start();
    });
    connect(&steering, &Steering::repoChanged, this, [this](const QString &id) {
        m_changedRepos.insert(id);
        if (!m_coalesce.isActive())
            m_coalesce.start();
    });
    connect(&steering, &Steering::committed, this,
            [this](const CommitRecord &commit) { publish("commit", m_shapes.commit(commit)); });
    connect(&steering, &Steering::errorSeen, this,
            [this](const ErrorRecord &error) { publish("error", m_shapes.error(error)); });
    connect(&steering, &Steering::cycleFinished, this,
            [this](const CycleRecord &cycle) { publish("cycle", m_shapes.cycle(cycle)); });
    m_ping.start();
}

void EventHub::flush()
{
    const QSet<QString> repos = std::exchange(m_changedRepos, {});
    for (const QString &id : repos) {
        if (const auto snapshot = m_steering.repo(id))
            publish("repo", m_shapes.repo(*snapshot));
    }
    if (std::exchange(m_statusChanged, false))
        publish("status", m_status.status());
}

void EventHub::publish(const QByteArray &name, const QJsonObject &object)
{
    m_ring.push_back({++m_last, eventText(m_last, name, object)});
    if (m_ring.size() > ringSize)
        m_ring.pop_front();
    toAll(m_ring.back().text);
}

void EventHub::toAll(const QByteArray &text)
{
    m_streams.removeIf([&](const EventStream &stream) { return !stream.write(text); });
}

bool EventHub::replay(const EventStream &stream, quint64 since) const
{
    // The event right behind the client's last one has to be here still, or be the next that will come.
    const quint64 first = m_ring.empty() ? m_last + 1 : m_ring.front().id;
    if (since + 1 < first || since > m_last)
        return false;
    for (const Event &event : m_ring) {
        if (event.id > since && !stream.write(event.text))
            break;
    }
    return true;
}

void EventHub::subscribe(const Reply &reply, const QByteArray &lastEventId)
{
    toAll({}); // those whose clients have gone make room
    if (m_streams.size() >= maxClients) {
        reply.fail({503, u"out-of-resources"_s, u"too many clients listen for events already"_s, {}});
        return;
    }
    const auto stream = reply.responder().stream("text/event-stream");
    if (!stream)
        return;
    bool known = false;
    const quint64 since = lastEventId.toULongLong(&known);
    if (!known || !replay(*stream, since))
        stream->write(eventText(m_last, "reset", {}));
    if (stream->isOpen())
        m_streams.append(*stream);
}

} // namespace AutoCommit
