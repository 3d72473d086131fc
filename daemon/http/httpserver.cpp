#include "daemon/http/httpserver.h"

#include "core/base/peeruser.h"
#include "daemon/http/httpconnection.h"
#include "daemon/http/httplog.h"

#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <functional>

#include <unistd.h>

namespace AutoCommit {

Q_LOGGING_CATEGORY(logHttp, "ac.http", QtWarningMsg)

using namespace Qt::StringLiterals;

constexpr std::chrono::milliseconds acceptAgain{500};

/// Hands over bare descriptors. (QSslServer would keep a client to itself until it has shaken hands, uncounted.)
class HttpListener final : public QTcpServer
{
public:
    explicit HttpListener(std::function<void(qintptr)> accept)
        : m_accept(std::move(accept))
    {
        setListenBacklogSize(512);
        // Qt accepts nothing more after an error, such as that of a process with no descriptor left; which then cannot
        // open its log either.
        connect(this, &QTcpServer::acceptError, this, [this] {
            QTimer::singleShot(acceptAgain, this, [this, what = errorString()] {
                qCWarning(logHttp) << "a connection could not be accepted:" << what;
                resumeAccepting();
            });
        });
    }

protected:
    void incomingConnection(qintptr descriptor) override { m_accept(descriptor); }

private:
    std::function<void(qintptr)> m_accept;
};

namespace {

constexpr qsizetype maxRefused = 32;

/// An IPv4 client is the same peer when it comes through an IPv6 socket.
QHostAddress plainAddress(const QHostAddress &address)
{
    bool mapped = false;
    const quint32 four = address.toIPv4Address(&mapped);
    return mapped ? QHostAddress(four) : address;
}

} // namespace

HttpServer::HttpServer(HttpHandler &handler, HttpLimits limits, QObject *parent)
    : QObject(parent)
    , m_handler(handler)
    , m_limits(limits)
    , m_listener(std::make_unique<HttpListener>([this](qintptr descriptor) { accept(descriptor); }))
{ }

HttpServer::~HttpServer()
{
    close();
}

Status HttpServer::listen(const QHostAddress &address, quint16 port, std::optional<QSslConfiguration> tls)
{
    m_tls = std::move(tls);
    if (m_listener->listen(address, port))
        return {};
    return Error{
        ErrorKind::Unreachable,
        u"cannot listen on %1, port %2: %3"_s.arg(address.toString()).arg(port).arg(m_listener->errorString())};
}

Status HttpServer::listenLocally(const QString &path)
{
    AC_ASSIGN(m_local, LocalSocket::listenOn(path));
    if (m_listener->setSocketDescriptor(m_local->descriptor())) // which takes a socket of any family
        return {};
    ::close(m_local->descriptor());
    m_local.reset();
    return Error{ErrorKind::Internal, u"cannot listen on %1: %2"_s.arg(path, m_listener->errorString())};
}

void HttpServer::close()
{
    m_local.reset();
    m_listener->close();
    for (HttpConnection *connection : m_connections + m_refused) {
        connection->close();
        delete connection;
    }
    m_connections.clear();
    m_refused.clear();
}

quint16 HttpServer::port() const
{
    return m_listener->serverPort();
}

/// Nothing for a descriptor that is no good, and for another user's.
std::unique_ptr<QTcpSocket> HttpServer::open(qintptr descriptor) const
{
    std::unique_ptr<QTcpSocket> socket;
    if (m_local && peerUser(static_cast<int>(descriptor)) != ::geteuid())
        return socket;
    if (m_tls)
        socket = std::make_unique<QSslSocket>();
    else
        socket = std::make_unique<QTcpSocket>();
    if (!socket->setSocketDescriptor(descriptor))
        socket.reset();
    return socket;
}

void HttpServer::accept(qintptr descriptor)
{
    std::unique_ptr<QTcpSocket> socket = open(descriptor);
    if (!socket) {
        ::close(static_cast<int>(descriptor));
        return;
    }
    if (m_tls) {
        auto *tls = static_cast<QSslSocket *>(socket.get());
        tls->setSslConfiguration(*m_tls);
        tls->startServerEncryption();
    }
    const bool room = makeRoom(plainAddress(m_local ? QHostAddress(QHostAddress::LocalHost) : socket->peerAddress()));
    if (!room && (m_tls || m_refused.size() >= maxRefused))
        return; // no handshake for the sake of a 503
    const HttpTransport transport = m_local ? HttpTransport::Local : m_tls ? HttpTransport::Tls : HttpTransport::Plain;
    auto *connection = new HttpConnection(socket.release(), transport, m_handler, m_limits);
    (room ? m_connections : m_refused).append(connection);
    connect(connection, &HttpConnection::closed, this, [this, connection] {
        m_connections.removeOne(connection);
        m_refused.removeOne(connection);
    });
    if (!room)
        connection->answerWith(503);
}

bool HttpServer::makeRoom(const QHostAddress &peer)
{
    const auto isPeer = [&](const HttpConnection *one) { return plainAddress(one->peer()) == peer; };
    const int allowed = peer.isLoopback() ? m_limits.connectionsOfLoopback : m_limits.connectionsPerPeer;
    const bool crowded = std::ranges::count_if(m_connections, isPeer) >= allowed;
    if (!crowded && m_connections.size() < m_limits.connections)
        return true;
    HttpConnection *victim = nullptr;
    for (HttpConnection *one : std::as_const(m_connections)) {
        if (one->isIdle() && (!crowded || isPeer(one)) && (!victim || one->waitingFor() > victim->waitingFor()))
            victim = one;
    }
    if (!victim)
        return false;
    qCDebug(logHttp, "a client that sent no whole request gave way to another");
    victim->close();
    return true;
}

} // namespace AutoCommit
