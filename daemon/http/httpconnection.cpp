#include "daemon/http/httpconnection.h"

#include "daemon/http/httplog.h"

#include <QSslSocket>

#include <sys/socket.h>

namespace AutoCommit {

namespace {

// What the system may hand over ahead of need; a client that sends more waits.
constexpr qint64 readAhead = 64 * 1024;
constexpr std::chrono::milliseconds noDeadline{-1};

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, HttpTransport transport, HttpHandler &handler,
                               const HttpLimits &limits)
    : m_socket(socket)
    , m_handler(handler)
    , m_limits(limits)
    , m_reader(limits)
    , m_peer(transport == HttpTransport::Local ? QHostAddress(QHostAddress::LocalHost) : socket->peerAddress())
    , m_transport(transport)
{
    socket->setParent(this);
    socket->setReadBufferSize(readAhead);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    m_deadline.setSingleShot(true);
    m_writeDeadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &HttpConnection::onDeadline);
    connect(&m_writeDeadline, &QTimer::timeout, this, &HttpConnection::close);
    connect(socket, &QTcpSocket::readyRead, this, &HttpConnection::readInput);
    connect(socket, &QTcpSocket::disconnected, this, &HttpConnection::close);
    connect(socket, &QTcpSocket::errorOccurred, this, [this] {
        if (m_socket->state() != QAbstractSocket::ConnectedState)
            close();
    });
    connect(socket, &QTcpSocket::bytesWritten, this, &HttpConnection::onWritten);
    if (auto *tls = qobject_cast<QSslSocket *>(socket))
        connect(tls, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::onWritten);
    enter(Phase::Head, m_limits.headTime);
}

bool HttpConnection::isIdle() const
{
    return m_phase == Phase::Head || m_phase == Phase::Lingering;
}

void HttpConnection::enter(Phase phase, std::chrono::milliseconds deadline)
{
    if (m_phase == Phase::Gone)
        return; // reading and writing can find out that the client has left; nothing comes back from there
    m_phase = phase;
    m_phaseTime.start();
    if (deadline == noDeadline)
        m_deadline.stop();
    else
        m_deadline.start(deadline);
}

void HttpConnection::close()
{
    if (m_phase == Phase::Gone)
        return;
    enter(Phase::Gone, noDeadline);
    m_writeDeadline.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    Q_EMIT closed();
    deleteLater();
}

void HttpConnection::readInput()
{
    switch (m_phase) {
    case Phase::Head:
    case Phase::Body:
        advance();
        break;
    case Phase::Streaming:
    case Phase::Lingering:
        m_socket->skip(m_socket->bytesAvailable());
        break;
    case Phase::Answering: // stays in the socket until its turn comes; the system stops the client
    case Phase::Gone:
        break;
    }
}

void HttpConnection::advance()
{
    if (m_advancing)
        return; // an answer given inside the handler: the loop below goes on
    m_advancing = true;
    while (step()) { }
    m_advancing = false;
}

bool HttpConnection::step()
{
    if (m_phase != Phase::Head && m_phase != Phase::Body)
        return false;
    if (unsent() > 0)
        return false; // the answer before has to be gone first, so that nobody can pile them up
    const QByteArray more = m_socket->read(readAhead);
    if (m_phase == Phase::Gone)
        return false;
    m_bodyBytes += m_phase == Phase::Body ? more.size() : 0;
    const bool first = m_phase == Phase::Head && m_input.isEmpty() && !more.isEmpty();
    m_input += more;
    if (first && m_serial > 0)
        enter(Phase::Head, m_limits.headTime); // the idle time is over
    if (m_input.isEmpty())
        return false;
    return (m_phase == Phase::Head ? takeHead() : takeBody()) || (!more.isEmpty() && m_socket->bytesAvailable() > 0);
}

bool HttpConnection::takeHead()
{
    const auto state = m_reader.readHead(m_input);
    if (state == RequestReader::State::Head)
        return false;
    m_requestTime.start();
    ++m_serial;
    if (state == RequestReader::State::Failed) {
        answerWith(m_reader.refusal());
        return false;
    }
    if (const auto refusal = m_handler.refuse(requestAtHand())) {
        HttpResponse response = *refusal;
        response.close = response.close || m_reader.expectsBody(); // what follows is that body, not a request
        answer(response);
        return true;
    }
    const QByteArray expect = m_reader.request().field("expect");
    if (!expect.isEmpty() && expect.toLower() != "100-continue") {
        answerWith(417);
        return false;
    }
    if (!expect.isEmpty() && m_reader.expectsBody() && m_reader.request().minorVersion > 0 && m_input.isEmpty())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    m_bodyBytes = m_input.size();
    enter(Phase::Body, std::min(m_limits.bodyTime, m_limits.rateGrace));
    return takeBody();
}

bool HttpConnection::takeBody()
{
    switch (m_reader.readBody(m_input)) {
    case RequestReader::State::Done:
        dispatch();
        return true;
    case RequestReader::State::Failed:
        answerWith(m_reader.refusal());
        return false;
    default:
        return false;
    }
}

void HttpConnection::dispatch()
{
    enter(Phase::Answering, noDeadline);
    m_handler.handle(requestAtHand(), Responder(this, m_serial));
}

IncomingRequest HttpConnection::requestAtHand() const
{
    IncomingRequest request = m_reader.request();
    request.peer = m_peer;
    request.secure = m_transport == HttpTransport::Tls;
    request.local = m_transport == HttpTransport::Local;
    return request;
}

void HttpConnection::answer(const HttpResponse &response)
{
    const IncomingRequest &request = m_reader.request();
    enter(Phase::Answering, noDeadline); // flushing below may report progress, which must start nothing
    m_closeAfter = response.close || !request.keepAlive;
    m_socket->write(httpHead(response, response.body.size(), m_closeAfter, request.minorVersion));
    if (request.method != "HEAD")
        m_socket->write(response.body);
    m_socket->flush();
    log(response.status, response.body.size());
    m_handler.answered(response.status);
    if (m_phase == Phase::Gone)
        return;
    if (unsent() > 0)
        m_writeDeadline.start(m_limits.writeTime);
    if (m_closeAfter) {
        enter(Phase::Lingering, m_limits.writeTime);
        if (unsent() == 0)
            endOutput();
        return;
    }
    m_reader.next();
    enter(Phase::Head, m_input.isEmpty() ? m_limits.idleTime : m_limits.headTime);
    if (!m_advancing)
        QMetaObject::invokeMethod(this, &HttpConnection::advance, Qt::QueuedConnection);
}

void HttpConnection::answerWith(int status)
{
    if (m_phase == Phase::Gone || m_phase == Phase::Lingering || m_phase == Phase::Streaming)
        return;
    HttpResponse response = m_handler.errorResponse(status);
    response.close = true;
    answer(response);
}

bool HttpConnection::beginStream(const QByteArray &contentType)
{
    HttpResponse response{.contentType = contentType};
    m_socket->write(httpHead(response, -1, true, 1));
    log(response.status, 0);
    m_handler.answered(response.status);
    if (m_reader.request().method == "HEAD") {
        enter(Phase::Lingering, m_limits.writeTime);
        return false;
    }
    enter(Phase::Streaming, noDeadline);
    return true;
}

bool HttpConnection::streamOut(const QByteArray &piece)
{
    if (unsent() + piece.size() > m_limits.streamQueue) {
        qCDebug(logHttp, "an event stream was cut: its client does not read");
        close();
        return false;
    }
    m_socket->write(piece);
    m_socket->flush();
    if (unsent() > 0 && !m_writeDeadline.isActive())
        m_writeDeadline.start(m_limits.writeTime);
    return m_phase == Phase::Streaming;
}

void HttpConnection::onWritten()
{
    if (unsent() == 0)
        m_writeDeadline.stop();
    else if (m_phase == Phase::Streaming)
        m_writeDeadline.start(m_limits.writeTime);
    if (unsent() > 0)
        return;
    if (m_phase == Phase::Lingering)
        endOutput();
    else if (m_phase == Phase::Head || m_phase == Phase::Body)
        advance();
}

/// Ends our half and reads on for a moment. Closing at once, with input unread, would make the system send a reset that
/// can overtake the answer.
void HttpConnection::endOutput()
{
    if (m_transport == HttpTransport::Tls)
        m_socket->disconnectFromHost();
    else
        ::shutdown(static_cast<int>(m_socket->socketDescriptor()), SHUT_WR);
    if (m_phase == Phase::Lingering)
        enter(Phase::Lingering, m_limits.lingerTime);
}

void HttpConnection::onDeadline()
{
    switch (m_phase) {
    case Phase::Head:
        if (m_input.isEmpty())
            close();
        else
            answerWith(408);
        break;
    case Phase::Body:
        checkBodyRate();
        break;
    default:
        close();
    }
}

void HttpConnection::checkBodyRate()
{
    const std::chrono::milliseconds elapsed(m_phaseTime.elapsed());
    const qint64 due = m_limits.bodyRate * (elapsed - m_limits.rateGrace).count() / 1000;
    if (elapsed >= m_limits.bodyTime || m_bodyBytes < due)
        answerWith(408);
    else
        m_deadline.start(std::min(m_limits.bodyTime - elapsed, m_limits.rateGrace / 2 + std::chrono::milliseconds(1)));
}

qint64 HttpConnection::unsent() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (tls ? tls->encryptedBytesToWrite() : 0);
}

void HttpConnection::log(int status, qsizetype size) const
{
    if (!logHttp().isDebugEnabled())
        return;
    const IncomingRequest &request = m_reader.request(); // a query, and a path that is none, may hold anything
    const QByteArray path = status == 404 ? QByteArray("(unknown)") : request.target.split('?').constFirst();
    qCDebug(logHttp, "%s %s %s -> %d, %lld bytes, %lld ms", qUtf8Printable(m_peer.toString()),
            request.method.constData(), path.constData(), status,
            static_cast<long long>(size),
            static_cast<long long>(m_requestTime.isValid() ? m_requestTime.elapsed() : 0));
}

} // namespace AutoCommit
