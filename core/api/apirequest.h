#pragma once

#include "core/base/result.h"

#include <QJsonObject>

#include <chrono>

namespace AutoCommit {

/// Where a daemon of this machine listens. Plain HTTP on a loopback address and nothing else.
struct ApiPlace
{
    QString address = QStringLiteral("127.0.0.1");
    quint16 port = 0;
    QByteArray token;
};

struct ApiRequest
{
    QByteArray method = "GET";
    QByteArray path; ///< with the query, percent-encoded
    QJsonObject body; ///< of a POST or PATCH
    std::chrono::milliseconds timeout{5000}; ///< for everything together
};

/// Asks a daemon and waits for its answer; for programs that have nothing else to do meanwhile. Made of sockets alone:
/// Qt's network module would cost a command line 1.4 ms of every start. An error answer of the daemon becomes an Error
/// with its kind and message; Unreachable: nobody listens; Timeout: no answer in time.
Result<QJsonObject> askDaemon(const ApiPlace &place, const ApiRequest &request);

} // namespace AutoCommit
