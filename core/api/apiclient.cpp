#include "core/api/apiclient.h"

#include "core/base/certificatewords.h"

#include "core/base/oneshotbody.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

// Properties of a reply: the digest of what was shown and not taken; whether one was pinned.
constexpr auto refusedCertificate = "refusedCertificate";
constexpr auto expectsAnother = "expectsAnother";
constexpr qint64 bodyLimit = 64 << 20; // 2000 repositories are about 2 MB

QString joined(const QString &message, const QString &advice)
{
    return advice.isEmpty() || message.contains(advice) ? message : message + u' ' + advice;
}

Error errorOfStatus(int status, const QByteArray &body, const QString &address)
{
    const QJsonObject told = QJsonDocument::fromJson(body).object().value(u"error").toObject();
    const QString message = joined(told.value(u"message").toString(), told.value(u"advice").toString());
    if (status == 403) // the token is known, but not good for this
        return {ErrorKind::PermissionDenied,
                u"%1 refuses this: %2."_s.arg(address, message.isEmpty() ? u"it is not allowed"_s : message),
                QString::number(status)};
    if (status == 401)
        return {ErrorKind::AuthFailed,
                u"%1 does not accept the token of this user. "_s.arg(address)
                    + (message.isEmpty() ? u"Is the token file that of this daemon?"_s : message),
                QString::number(status)};
    const QString kind = told.value(u"kind").toString();
    return {kind.isEmpty() ? ErrorKind::Unknown : errorKindFromName(kind),
            message.isEmpty() ? u"%1 answered with status %2."_s.arg(address).arg(status) : message,
            QString::number(status)};
}

Error errorOfNetwork(const QNetworkReply &reply, bool late, const QString &address)
{
    if (late || reply.error() == QNetworkReply::OperationCanceledError)
        return {ErrorKind::Timeout, u"%1 does not answer."_s.arg(address), reply.errorString()};
    if (reply.error() == QNetworkReply::RemoteHostClosedError || reply.error() == QNetworkReply::ContentReSendError)
        return {ErrorKind::Unreachable, u"%1 ended the connection before it had answered."_s.arg(address),
                reply.errorString()};
    if (const std::optional<Error> refused = certificateError(reply))
        return *refused;
    return {ErrorKind::Unreachable, u"Nobody answers at %1: %2."_s.arg(address, reply.errorString()),
            reply.errorString()};
}

Result<QJsonObject> outcomeOf(QNetworkReply &reply, bool late)
{
    const QString address = reply.url().authority();
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = reply.isOpen() ? reply.read(bodyLimit) : QByteArray();
    // A short body comes with status 200 and an error: the error counts first, except that the daemon explains a
    // refusal.
    if (late || (reply.error() != QNetworkReply::NoError && status < 300))
        return errorOfNetwork(reply, late, address);
    if (status >= 300)
        return errorOfStatus(status, body, address);
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return Error{ErrorKind::IoError, u"%1 does not talk like a commits daemon."_s.arg(address), {}};
    return document.object();
}

} // namespace

QNetworkRequest apiRequest(const ApiEndpoint &endpoint, const QString &path, const QUrlQuery &query)
{
    QUrl url = endpoint.url;
    url.setPath(path);
    url.setQuery(query);
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::UserAgentHeader, u"auto-commit/"_s + QStringLiteral(AC_VERSION));
    request.setRawHeader("X-Auto-Commit-Protocol", "1");
    request.setRawHeader("Accept", "application/json");
    if (!endpoint.token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + endpoint.token);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!endpoint.certificateSha256.isEmpty()) {
        // Nobody is trusted, so that every certificate comes to judgeCertificate() before a byte is sent.
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setCaCertificates({});
        ssl.setProtocol(QSsl::TlsV1_2OrLater);
        request.setSslConfiguration(ssl);
    }
    return request;
}

void judgeCertificate(QNetworkReply &reply, const ApiEndpoint &endpoint)
{
    QObject::connect(&reply, &QNetworkReply::sslErrors, &reply, [&reply, pinned = endpoint.certificateSha256] {
        const QByteArray shown = reply.sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256);
        if (!pinned.isEmpty() && shown == pinned)
            return reply.ignoreSslErrors();
        reply.setProperty(refusedCertificate, shown);
        reply.setProperty(expectsAnother, !pinned.isEmpty());
    });
}

std::optional<Error> certificateError(const QNetworkReply &reply)
{
    if (reply.error() != QNetworkReply::SslHandshakeFailedError)
        return {};
    const QString address = reply.url().authority();
    const QByteArray shown = reply.property(refusedCertificate).toByteArray();
    const QString what = reply.property(expectsAnother).toBool()
        ? u"%1 shows another certificate than the expected one; nothing was sent."_s.arg(address)
        : u"The certificate of %1 is not trusted."_s.arg(address);
    const QString advice = fingerprintAdvice(shown);
    return Error{ErrorKind::TlsFailed, advice.isEmpty() ? what : what + u' ' + advice,
                 advice.isEmpty() ? reply.errorString() : advice};
}

ApiClient::ApiClient(ApiEndpoint endpoint, QObject *parent)
    : QObject(parent)
    , m_endpoint(std::move(endpoint))
{
    m_network.setProxy(QNetworkProxy::NoProxy); // the token goes to this daemon and nobody else
}

ApiClient::~ApiClient()
{
    // Replies are children of the manager: what still runs must not call an answer of somebody half destroyed.
    const auto replies = m_network.findChildren<QNetworkReply *>();
    for (QNetworkReply *reply : replies)
        reply->disconnect();
}

void ApiClient::setEndpoint(const ApiEndpoint &endpoint)
{
    m_endpoint = endpoint;
    Q_EMIT endpointChanged();
}

void ApiClient::setTimeouts(std::chrono::milliseconds silence, std::chrono::milliseconds total)
{
    m_silence = silence;
    m_total = total;
}

void ApiClient::get(const QString &path, const QUrlQuery &query, QObject *context, Answer answer)
{
    send("GET", apiRequest(m_endpoint, path, query), {}, context, std::move(answer));
}

void ApiClient::post(const QString &path, const QJsonObject &body, QObject *context, Answer answer)
{
    send("POST", apiRequest(m_endpoint, path), QJsonDocument(body).toJson(QJsonDocument::Compact), context,
         std::move(answer));
}

void ApiClient::patch(const QString &path, const QJsonObject &body, QObject *context, Answer answer)
{
    send("PATCH", apiRequest(m_endpoint, path), QJsonDocument(body).toJson(QJsonDocument::Compact), context,
         std::move(answer));
}

void ApiClient::send(const QByteArray &verb, QNetworkRequest request, const QByteArray &body, QObject *context,
                     Answer answer)
{
    request.setTransferTimeout(static_cast<int>(m_silence.count()));
    if (verb == "GET") {
        follow(m_network.get(request), context, std::move(answer));
        return;
    }
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
    request.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    auto *device = new OneShotBody(body, nullptr);
    QNetworkReply *reply = m_network.sendCustomRequest(request, verb, device);
    device->setParent(reply);
    follow(reply, context, std::move(answer));
}

void ApiClient::follow(QNetworkReply *reply, QObject *context, Answer answer)
{
    judgeCertificate(*reply, m_endpoint);
    auto *deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply, [reply] {
        reply->setProperty("late", true);
        reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this,
            [reply, guard = QPointer<QObject>(context), answer = std::move(answer)] {
                reply->deleteLater();
                if (guard)
                    answer(outcomeOf(*reply, reply->property("late").toBool()));
            });
    deadline->start(m_total);
}

} // namespace AutoCommit
