#pragma once

#include "core/base/result.h"

#include <QJsonObject>

#include <chrono>

namespace AutoCommit {

/// Where a daemon of this machine listens: its Unix socket, or plain HTTP on a loopback address.
struct ApiPlace
{
    QString socket = {}; ///< file; empty: address and port
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

/// Whether the daemon takes connections at its Unix socket, and is this user's.
bool listensAt(const QString &socket);

/// Asks a daemon and waits for its answer; for programs that have nothing else to do meanwhile. Made of sockets alone:
/// Qt's network module would cost a command line 1.4 ms of every start, and its HTTP client (up to 6.7) and libcurl's
/// of some systems know no Unix sockets. An error answer of the daemon becomes an Error with its kind and message;
/// Unreachable: nobody listens; Timeout: no answer in time.
Result<QJsonObject> askDaemon(const ApiPlace &place, const ApiRequest &request);

/// What a daemon's answer means: its object, or an Error with the kind and the words of its refusal.
Result<QJsonObject> meaningOf(int status, const QByteArray &body);

} // namespace AutoCommit
