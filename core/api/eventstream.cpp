#include "core/api/eventstream.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QRandomGenerator>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error errorOf(const QNetworkReply &reply, int status)
{
    const QString address = reply.url().authority();
    const QString code = QString::number(status);
    if (status == 401)
        return {ErrorKind::AuthFailed, u"%1 does not accept the token of this user."_s.arg(address), code};
    if (status == 429) // who was refused often enough; what is wrong is still the token
        return {ErrorKind::AuthFailed, u"%1 lets nobody try for a moment: too many wrong tokens."_s.arg(address), code};
    if (status == 403)
        return {ErrorKind::PermissionDenied, u"The token of this user may not watch %1."_s.arg(address), code};
    if (status >= 300)
        return {ErrorKind::Unknown, u"%1 answered with status %2."_s.arg(address).arg(status), code};
    if (const std::optional<Error> refused = certificateError(reply))
        return *refused;
    if (reply.error() == QNetworkReply::OperationCanceledError)
        return {ErrorKind::Timeout, u"%1 has fallen silent."_s.arg(address), {}};
    if (reply.error() == QNetworkReply::NoError || reply.error() == QNetworkReply::RemoteHostClosedError)
        return {ErrorKind::Unreachable, u"%1 ended the connection."_s.arg(address), {}};
    return {ErrorKind::Unreachable, u"Nobody answers at %1."_s.arg(address), reply.errorString()};
}

} // namespace

EventStream::EventStream(ApiEndpoint endpoint, QObject *parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &EventStream::connectNow);
}

EventStream::~EventStream()
{
    stop();
}

void EventStream::setWaits(std::chrono::milliseconds first, std::chrono::milliseconds longest,
                           std::chrono::milliseconds silence)
{
    m_first = first;
    m_longest = longest;
    m_silence = silence;
}

void EventStream::start()
{
    m_started = true;
    connectNow();
}

void EventStream::stop()
{
    m_started = false;
    m_again.stop();
    m_open = false;
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
}

void EventStream::setEndpoint(const ApiEndpoint &endpoint)
{
    const bool wasStarted = m_started;
    stop();
    m_endpoint = endpoint;
    m_lastId.clear();
    m_failures = 0;
    if (wasStarted)
        start();
}

void EventStream::tryNow()
{
    if (!m_started || m_reply)
        return;
    m_failures = 0;
    connectNow();
}

void EventStream::connectNow()
{
    if (!m_started || m_reply)
        return;
    m_again.stop();
    m_decoder = SseDecoder();
    QNetworkRequest request = apiRequest(m_endpoint, u"/events"_s);
    request.setRawHeader("Accept", "text/event-stream");
    request.setRawHeader("Cache-Control", "no-cache");
    if (!m_lastId.isEmpty())
        request.setRawHeader("Last-Event-ID", m_lastId);
    request.setTransferTimeout(static_cast<int>(m_silence.count()));
    m_reply = m_network.get(request);
    judgeCertificate(*m_reply, m_endpoint);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &EventStream::readSome);
    connect(m_reply, &QNetworkReply::readyRead, this, &EventStream::readSome);
    connect(m_reply, &QNetworkReply::finished, this, &EventStream::ended);
}

void EventStream::readSome()
{
    if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() != 200)
        return;
    if (!m_open) {
        m_open = true;
        m_failures = 0;
        Q_EMIT opened(m_lastId.isEmpty());
    }
    const QPointer<EventStream> alive(this);
    const QNetworkReply *current = m_reply;
    const QList<SseEvent> events = m_decoder.feed(m_reply ? m_reply->readAll() : QByteArray());
    for (const SseEvent &event : events) {
        take(event);
        if (!alive || m_reply != current)
            return; // whoever listened has stopped us
    }
    if (m_decoder.isOverlong() && m_reply)
        m_reply->abort();
}

void EventStream::take(const SseEvent &sse)
{
    if (!sse.id.isEmpty())
        m_lastId = sse.id;
    if (sse.name == "reset") {
        m_lastId = sse.id;
        Q_EMIT opened(true);
        return;
    }
    Q_EMIT event(QString::fromLatin1(sse.name), QJsonDocument::fromJson(sse.data).object());
}

void EventStream::ended()
{
    const Error error = errorOf(*m_reply, m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt());
    m_reply->deleteLater();
    m_reply = nullptr;
    m_open = false;
    m_again.start(nextWait());
    Q_EMIT lost(error);
}

std::chrono::milliseconds EventStream::nextWait()
{
    const auto doubled = m_first * (1LL << std::min(m_failures++, 16));
    const auto wait = std::min<std::chrono::milliseconds>(doubled, m_longest);
    return wait / 2 + std::chrono::milliseconds(QRandomGenerator::global()->bounded(qint64{wait.count() / 2 + 1}));
}

} // namespace AutoCommit
