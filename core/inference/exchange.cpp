#include "core/inference/exchange.h"

#include "core/base/oneshotbody.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <utility>

namespace AutoCommit {

namespace {

QNetworkRequest makeRequest(const HttpRequest &from)
{
    QNetworkRequest request(from.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // A kept connection that the server has meanwhile closed looks like a server that broke off.
    request.setRawHeader("Connection", "close");
    request.setRawHeader("Accept-Encoding", "identity");
    if (!from.certificateSha256.isEmpty()) {
        // Nobody is trusted, so that every certificate comes to judgeCertificate() before a byte is sent.
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setCaCertificates({});
        ssl.setProtocol(QSsl::TlsV1_2OrLater);
        request.setSslConfiguration(ssl);
    }
    for (const auto &[name, value] : from.headers)
        request.setRawHeader(name, value);
    if (!from.body.isEmpty()) {
        request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
        request.setHeader(QNetworkRequest::ContentLengthHeader, from.body.size());
        request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    }
    return request;
}

} // namespace

Exchange::Exchange(const HttpRequest &request, std::shared_ptr<HttpReader> reader, Ended ended, QObject *parent)
    : QObject(parent)
    , m_request(request)
    , m_reader(std::move(reader))
    , m_ended(std::move(ended))
{
    m_phase.setSingleShot(true);
    m_total.setSingleShot(true);
    connect(&m_phase, &QTimer::timeout, this, [this] { finish(m_atTimeout); });
    connect(&m_total, &QTimer::timeout, this, [this] { finish(HttpEnd::TotalTimeout); });
}

Exchange::~Exchange()
{
    conclude(HttpEnd::Stopped);
}

void Exchange::start(QNetworkAccessManager &network)
{
    m_clock.start();
    const auto left
        = std::chrono::duration_cast<std::chrono::milliseconds>(m_request.until - std::chrono::steady_clock::now());
    m_total.start(std::max(left, std::chrono::milliseconds(0)));
    enter(HttpEnd::ConnectTimeout, m_request.connect);
    const QNetworkRequest request = makeRequest(m_request);
    if (m_request.body.isEmpty()) {
        m_reply = network.get(request);
    } else {
        auto *body = new OneShotBody(m_request.body, nullptr);
        m_reply = network.post(request, body);
        body->setParent(m_reply);
    }
    connect(m_reply, &QNetworkReply::requestSent, this, [this] {
        if (!hasHead())
            enter(HttpEnd::HeadTimeout, m_request.head);
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::headCame);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::bodyCame);
    connect(m_reply, &QNetworkReply::sslErrors, this, &Exchange::judgeCertificate);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::replyFinished);
}

void Exchange::abort()
{
    finish(HttpEnd::Stopped);
}

void Exchange::enter(HttpEnd atTimeout, std::chrono::milliseconds limit)
{
    m_atTimeout = atTimeout;
    m_phase.start(limit);
}

void Exchange::headCame()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (m_finished || hasHead() || status == 0)
        return;
    m_outcome.status = status;
    m_outcome.retryAfter = m_reply->rawHeader("Retry-After");
    m_outcome.untilHead = std::chrono::milliseconds(m_clock.elapsed());
    enter(HttpEnd::IdleTimeout, m_request.idle);
}

void Exchange::bodyCame()
{
    headCame();
    if (m_finished)
        return;
    if (!m_settled)
        enter(HttpEnd::IdleTimeout, m_request.idle);
    switch (m_reader->read(m_outcome.status, m_reply->readAll())) {
    case HttpReader::Wants::More:
        return;
    case HttpReader::Wants::Settled:
        if (!std::exchange(m_settled, true))
            enter(HttpEnd::Enough, m_request.settle);
        return;
    case HttpReader::Wants::Nothing:
        finish(HttpEnd::Enough);
    }
}

void Exchange::replyFinished()
{
    headCame();
    if (m_reply->isOpen() && m_reply->bytesAvailable() > 0)
        bodyCame();
    // Qt's error code is no proof either way: a cut reply may have none, and 4xx has one.
    if (hasHead())
        finish(HttpEnd::Complete);
    else if (!m_outcome.refusedSha256.isEmpty())
        finish(HttpEnd::WrongCertificate);
    else
        finish(m_atTimeout == HttpEnd::ConnectTimeout ? HttpEnd::NoConnection : HttpEnd::Broken);
}

void Exchange::judgeCertificate()
{
    const QByteArray shown = m_reply->sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256);
    if (!m_request.certificateSha256.isEmpty() && shown == m_request.certificateSha256)
        m_reply->ignoreSslErrors();
    else
        m_outcome.refusedSha256 = shown;
}

void Exchange::finish(HttpEnd end)
{
    if (!m_finished) {
        conclude(end);
        deleteLater();
    }
}

void Exchange::conclude(HttpEnd end)
{
    if (std::exchange(m_finished, true))
        return;
    m_phase.stop();
    m_total.stop();
    m_outcome.end = end;
    m_outcome.untilEnd = std::chrono::milliseconds(m_clock.isValid() ? m_clock.elapsed() : 0);
    if (m_reply) {
        m_reply->disconnect(this); // abort() emits finished from within
        m_reply->abort();
        m_reply->deleteLater();
    }
    m_ended(m_outcome);
}

} // namespace AutoCommit
