#pragma once

#include "core/agent/hostdoor.h"
#include "core/inference/httpthread.h"
#include "core/service/modelplugin.h"

#include <QUrl>

namespace AutoCommit {

/// HostDoor over HTTP. Not part of the core library: it needs Qt's network module.
class HttpDoor final : public HostDoor
{
public:
    explicit HttpDoor(HostAddress address);

    Result<QJsonObject> send(HostCall call, const OutgoingJson &body, std::chrono::milliseconds within,
                             const CancelToken &cancel) override;
    /// Any question; tried once.
    DaemonAnswer ask(const DaemonQuestion &question);
    QString name() const override { return QUrl(m_address.url).host(); }

private:
    struct Answer
    {
        HttpEnd end = HttpEnd::NoConnection;
        int status = 0;
        QByteArray refusedSha256 = {};
        QJsonObject body = {};
    };
    Answer exchange(const HttpRequest &asked, const CancelToken &cancel);
    HttpRequest request(const QByteArray &path, const QByteArray &body, std::chrono::milliseconds within) const;

    const HostAddress m_address;
    HttpThread m_http;
};

} // namespace AutoCommit
