#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QPointer>
#include <QUrl>
#include <QUrlQuery>

#include <chrono>
#include <functional>
#include <optional>

class QTimer;

namespace AutoCommit {

/// Where a daemon listens and what it wants to see.
struct ApiEndpoint
{
    QUrl url{}; ///< scheme, host, port; no path
    QByteArray token{};
    QString tokenTrouble{}; ///< why there is no token: its file and what is in the way; empty: nothing is
    QByteArray certificateSha256{}; ///< 32 bytes: the only certificate that is trusted; empty: the system decides
};

/// A request for `path` with everything a daemon expects: token, protocol number, no proxy of the environment.
QNetworkRequest apiRequest(const ApiEndpoint &endpoint, const QString &path, const QUrlQuery &query = {});

/// Lets a reply to apiRequest() go on when it is the pinned certificate that is shown; nothing is sent to any other.
void judgeCertificate(QNetworkReply &reply, const ApiEndpoint &endpoint);

/// Why a connection came to nothing, where it was for the certificate that is shown there.
std::optional<Error> certificateError(const QNetworkReply &reply);

/// Talks to one daemon. Lives in the thread that made it; nothing blocks. An answer arrives exactly once, later, and
/// never after `context` or the client is gone. A POST is sent at most once.
///
/// Errors: Unreachable (nobody listens), Timeout, TlsFailed, AuthFailed (401, 403), Cancelled (the client's end),
/// IoError (no JSON), or the kind the daemon names; the message is for people and ends with the daemon's advice.
class ApiClient : public QObject
{
    Q_OBJECT

public:
    using Answer = std::function<void(const Result<QJsonObject> &)>;

    explicit ApiClient(ApiEndpoint endpoint, QObject *parent = nullptr);
    ~ApiClient() override;

    const ApiEndpoint &endpoint() const { return m_endpoint; }
    void setEndpoint(const ApiEndpoint &endpoint);

    /// Silence for this long, and everything together, end a request: 10 s and 30 s.
    void setTimeouts(std::chrono::milliseconds silence, std::chrono::milliseconds total);

    void get(const QString &path, const QUrlQuery &query, QObject *context, Answer answer);
    void post(const QString &path, const QJsonObject &body, QObject *context, Answer answer);
    void patch(const QString &path, const QJsonObject &body, QObject *context, Answer answer);

Q_SIGNALS:
    /// The endpoint is another one now: nothing known about the old one holds.
    void endpointChanged();

private:
    void send(const QByteArray &verb, QNetworkRequest request, const QByteArray &body, QObject *context, Answer answer);
    void follow(QNetworkReply *reply, QObject *context, Answer answer);

    ApiEndpoint m_endpoint;
    QNetworkAccessManager m_network;
    std::chrono::milliseconds m_silence{10000};
    std::chrono::milliseconds m_total{30000};
};

} // namespace AutoCommit
