#include "tests/support/rawclient.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QHostAddress>
#include <QTimer>

namespace AutoCommit::Testing {

namespace {

/// As QTest::qWaitFor, which sleeps 10 ms at a time: too long for hundreds of requests.
bool waitUntil(const auto &isSo, int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    QTimer wake;
    wake.start(milliseconds + 1);
    while (!isSo()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace

RawClient::RawClient(quint16 port)
{
    QObject::connect(&m_socket, &QTcpSocket::readyRead, &m_socket, [this] { m_input += m_socket.readAll(); });
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!waitUntil([this] { return m_socket.state() == QAbstractSocket::ConnectedState; }, 5000))
        qWarning("the server took no connection");
}

void RawClient::send(const QByteArray &bytes)
{
    m_socket.write(bytes);
    m_socket.flush();
}

bool RawClient::parse(RawAnswer &answer, bool toHead)
{
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArrayList lines = m_input.left(end).split('\n');
    answer.status = lines.front().split(' ').value(1).toInt();
    answer.fields.clear();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        answer.fields.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    const qsizetype length = toHead || answer.status == 100 ? 0 : answer.fields.value("content-length").toLongLong();
    if (m_input.size() < end + 4 + length)
        return false;
    answer.body = m_input.mid(end + 4, length);
    m_input.remove(0, end + 4 + length);
    return true;
}

std::optional<RawAnswer> RawClient::answer(bool toHead, int milliseconds)
{
    RawAnswer result;
    bool whole = false;
    const auto ready = [&] {
        whole = whole || parse(result, toHead);
        return whole || m_socket.state() != QAbstractSocket::ConnectedState;
    };
    const bool inTime = waitUntil(ready, milliseconds);
    return inTime && whole ? std::optional(result) : std::nullopt;
}

bool RawClient::isClosed(int milliseconds)
{
    return waitUntil([this] { return m_socket.state() == QAbstractSocket::UnconnectedState; }, milliseconds);
}

bool RawClient::waitFor(const QByteArray &text, int milliseconds)
{
    return waitUntil([&] { return m_input.contains(text); }, milliseconds);
}

RawAnswer ask(quint16 port, const QByteArray &method, const QByteArray &path, const QByteArray &token,
              const QByteArray &body, const QByteArray &moreFields)
{
    RawClient client(port);
    QByteArray text = method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port) + "\r\n";
    if (!token.isEmpty())
        text += "Authorization: Bearer " + token + "\r\n";
    if (method == "POST" || method == "PATCH")
        text += "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    client.send(text + moreFields + "\r\n" + body);
    return client.answer(method == "HEAD").value_or(RawAnswer());
}

} // namespace AutoCommit::Testing
