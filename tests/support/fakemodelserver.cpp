#include "tests/support/fakemodelserver.h"

#include "tests/support/wireshapes.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

#include <condition_variable>
#include <mutex>
#include <optional>

#include <sys/socket.h>

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// Reads one request out of what a connection has sent, or nothing while it is not whole.
std::optional<SeenRequest> takeRequest(QByteArray &buffer)
{
    const qsizetype end = buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    const QList<QByteArray> lines = buffer.left(end).split('\n');
    const QList<QByteArray> first = lines[0].trimmed().split(' ');
    SeenRequest request{.verb = first.value(0), .path = first.value(1)};
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines[i].indexOf(':');
        request.headers[lines[i].left(colon).trimmed().toLower()] = lines[i].mid(colon + 1).trimmed();
    }
    const qsizetype length = request.headers.value("content-length").toLongLong();
    if (buffer.size() < end + 4 + length)
        return std::nullopt;
    request.body = buffer.mid(end + 4, length);
    buffer.remove(0, end + 4 + length);
    return request;
}

void resetConnection(QTcpSocket &socket)
{
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    socket.abort();
}

} // namespace

class FakeModelServer::Core final : public QObject
{
    Q_OBJECT

public:
    void listen()
    {
        if (m_server == nullptr) {
            m_server = new QTcpServer(this);
            connect(m_server, &QTcpServer::newConnection, this, &Core::accept);
        }
        m_server->listen(QHostAddress::LocalHost, m_port);
        m_port = m_server->serverPort();
    }
    void stop()
    {
        m_server->close();
        for (QTcpSocket *socket : m_server->findChildren<QTcpSocket *>())
            socket->abort();
    }
    void release()
    {
        m_released = true;
        Q_EMIT released();
    }
    quint16 port() const { return m_port; }

Q_SIGNALS:
    void released();

private:
    void accept()
    {
        while (QTcpSocket *socket = m_server->nextPendingConnection()) {
            auto buffer = std::make_shared<QByteArray>();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket, buffer] {
                *buffer += socket->readAll();
                if (const auto request = takeRequest(*buffer))
                    run(socket, scriptFor(*request));
            });
            connect(socket, &QTcpSocket::disconnected, this, [this] {
                const std::lock_guard guard(lock);
                ++disconnects;
                changed.notify_all();
            });
        }
    }

    WireScript scriptFor(const SeenRequest &request)
    {
        const std::lock_guard guard(lock);
        requests.append(request);
        changed.notify_all();
        if (paths.contains(request.path))
            return paths[request.path];
        if (request.path != "/v1/chat/completions")
            return Wire::error(404, R"({"error":{"message":"File Not Found","type":"not_found_error","code":404}})");
        if (!chats.isEmpty())
            return chats.takeFirst();
        return responder ? responder(request) : Wire::answer(u"ok"_s);
    }

    void run(const QPointer<QTcpSocket> &socket, WireScript script)
    {
        while (socket && !script.isEmpty()) {
            const WireStep step = script.takeFirst();
            switch (step.what) {
            case WireStep::Do::Send:
                socket->write(step.bytes);
                socket->flush();
                break;
            case WireStep::Do::Pause:
                QTimer::singleShot(step.time, this, [this, socket, script] { run(socket, script); });
                return;
            case WireStep::Do::Hold:
                if (m_released)
                    break;
                connect(
                    this, &Core::released, socket.data(), [this, socket, script] { run(socket, script); },
                    Qt::SingleShotConnection);
                return;
            case WireStep::Do::Close:
                socket->disconnectFromHost();
                break;
            case WireStep::Do::Reset:
                resetConnection(*socket);
                break;
            }
        }
    }

public:
    std::mutex lock; ///< guards what follows
    std::condition_variable changed;
    QList<WireScript> chats;
    QHash<QByteArray, WireScript> paths;
    Responder responder;
    QList<SeenRequest> requests;
    int disconnects = 0;

private:
    QTcpServer *m_server = nullptr;
    quint16 m_port = 0;
    bool m_released = false;
};

QJsonObject SeenRequest::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QString SeenRequest::message(const QString &role) const
{
    QString content;
    const QJsonArray messages = json()["messages"_L1].toArray();
    for (const QJsonValue &message : messages)
        if (message["role"_L1].toString() == role)
            content = message["content"_L1].toString();
    return content;
}

FakeModelServer::FakeModelServer()
    : m_thread(std::make_unique<QThread>())
    , m_core(new Core)
{
    m_core->moveToThread(m_thread.get());
    m_thread->start();
    listen();
}

FakeModelServer::~FakeModelServer()
{
    QMetaObject::invokeMethod(
        m_core, [core = m_core] { delete core; }, Qt::BlockingQueuedConnection);
    m_thread->quit();
    m_thread->wait();
}

QString FakeModelServer::baseUrl() const
{
    return u"http://127.0.0.1:%1"_s.arg(m_core->port());
}

void FakeModelServer::listen()
{
    QMetaObject::invokeMethod(
        m_core, [this] { m_core->listen(); }, Qt::BlockingQueuedConnection);
}

void FakeModelServer::stop()
{
    QMetaObject::invokeMethod(
        m_core, [this] { m_core->stop(); }, Qt::BlockingQueuedConnection);
}

void FakeModelServer::release()
{
    QMetaObject::invokeMethod(
        m_core, [this] { m_core->release(); }, Qt::QueuedConnection);
}

void FakeModelServer::onChat(const WireScript &script)
{
    const std::lock_guard guard(m_core->lock);
    m_core->chats.append(script);
}

void FakeModelServer::onPath(const QByteArray &path, const WireScript &script)
{
    const std::lock_guard guard(m_core->lock);
    m_core->paths[path] = script;
}

void FakeModelServer::setResponder(Responder responder)
{
    const std::lock_guard guard(m_core->lock);
    m_core->responder = std::move(responder);
}

QList<SeenRequest> FakeModelServer::requests() const
{
    const std::lock_guard guard(m_core->lock);
    return m_core->requests;
}

QList<SeenRequest> FakeModelServer::chats() const
{
    QList<SeenRequest> chats = requests();
    chats.removeIf([](const SeenRequest &request) { return request.path != "/v1/chat/completions"; });
    return chats;
}

int FakeModelServer::disconnects() const
{
    const std::lock_guard guard(m_core->lock);
    return m_core->disconnects;
}

bool FakeModelServer::awaitChats(int count)
{
    const QDeadlineTimer patience(20000);
    while (chats().size() < count) {
        std::unique_lock guard(m_core->lock);
        if (m_core->changed.wait_for(guard, 100ms) == std::cv_status::timeout && patience.hasExpired())
            return false;
    }
    return true;
}

bool FakeModelServer::awaitDisconnects(int count)
{
    const QDeadlineTimer patience(20000);
    while (disconnects() < count) {
        std::unique_lock guard(m_core->lock);
        if (m_core->changed.wait_for(guard, 100ms) == std::cv_status::timeout && patience.hasExpired())
            return false;
    }
    return true;
}

} // namespace AutoCommit

#include "fakemodelserver.moc"
