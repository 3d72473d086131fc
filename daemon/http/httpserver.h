#pragma once

#include "core/base/result.h"
#include "daemon/http/httphandler.h"
#include "daemon/http/httplimits.h"
#include "daemon/http/localsocket.h"

#include <QList>
#include <QObject>
#include <QSslConfiguration>

#include <memory>
#include <optional>

namespace AutoCommit {

class HttpConnection;
class HttpListener;

/// A strict, bounded HTTP/1.1 server in the event loop of the thread that made it. When all places are taken, the
/// client that has kept one the longest without a complete request loses it; when every place works, the newcomer is
/// answered 503.
class HttpServer final : public QObject
{
    Q_OBJECT

public:
    HttpServer(HttpHandler &handler, HttpLimits limits, QObject *parent = nullptr);
    ~HttpServer() override; ///< close()

    /// With a configuration every connection has to be TLS.
    Status listen(const QHostAddress &address, quint16 port, std::optional<QSslConfiguration> tls = {});
    /// On a Unix socket at this path, for processes of this user alone; IoError: see LocalSocket.
    Status listenLocally(const QString &path);
    void close(); ///< at once, with all connections
    quint16 port() const;
    qsizetype connections() const { return m_connections.size(); }

private:
    void accept(qintptr descriptor);
    std::unique_ptr<QTcpSocket> open(qintptr descriptor) const;
    bool makeRoom(const QHostAddress &peer);

    HttpHandler &m_handler;
    const HttpLimits m_limits;
    std::unique_ptr<HttpListener> m_listener;
    std::optional<QSslConfiguration> m_tls;
    std::optional<LocalSocket> m_local;
    QList<HttpConnection *> m_connections; ///< those that count
    QList<HttpConnection *> m_refused; ///< being told 503
};

} // namespace AutoCommit
