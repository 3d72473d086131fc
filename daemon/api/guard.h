#pragma once

#include "core/base/result.h"
#include "daemon/http/httpmessage.h"

#include <QJsonObject>
#include <QSet>

namespace AutoCommit {

/// Whether a Host field names this server: localhost, 127.0.0.1, [::1] or a configured name, with this port. Anything
/// else may be a page whose name was made to point here (DNS rebinding).
class HostList
{
public:
    HostList() = default;
    HostList(const QStringList &names, quint16 port, bool secure);

    bool contains(const QByteArray &host) const;

private:
    QSet<QByteArray> m_allowed;
};

/// False for what a browser sends on behalf of another site: an Origin that is not the one the request went to, or a
/// Sec-Fetch-Site that tells so.
bool isSameSite(const IncomingRequest &request);

/// application/json, with UTF-8 or no charset.
bool isJson(const IncomingRequest &request);

/// The object of a body; an empty body is an empty object. Usage: no JSON, no object, or nested deeper than 32.
Result<QJsonObject> readBody(const QByteArray &body);

/// The token of "Authorization: Bearer …"; empty without one.
QByteArray bearerToken(const IncomingRequest &request);

} // namespace AutoCommit
