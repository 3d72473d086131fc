#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QList>
#include <QStringList>

#include <optional>
#include <utility>

namespace AutoCommit {

using HttpField = std::pair<QByteArray, QByteArray>;

/// A request as it came, checked in form only. Names of methods and fields are as the client spelled them.
struct IncomingRequest
{
    QByteArray method = {};
    QByteArray target = {}; ///< as sent: "/repos/x?limit=3"
    QList<HttpField> fields = {};
    QByteArray body = {};
    QHostAddress peer = {};
    int minorVersion = 1; ///< of HTTP/1
    bool secure = false; ///< came over TLS
    bool local = false; ///< came over the Unix socket, from a process of this user
    bool keepAlive = true;
    qint64 contentLength = -1; ///< -1: not told
    bool chunked = false;

    /// The value of the first field of that name (any case); empty without one.
    QByteArray field(QByteArrayView name) const;
    qsizetype count(QByteArrayView name) const;
};

struct HttpResponse
{
    int status = 200;
    QByteArray contentType = {};
    QByteArray body = {};
    QList<HttpField> fields = {}; ///< beside those every answer has
    bool close = false; ///< end the connection after it
};

/// "Not Found" of 404.
QByteArray httpReason(int status);

/// Status line and fields, with the empty line. `length` negative: none is told and the connection ends the answer.
QByteArray httpHead(const HttpResponse &response, qint64 length, bool close, int minorVersion);

/// A target taken apart: percent-decoded segments of the path ("/" has none) and pairs of the query.
struct HttpTarget
{
    QStringList path = {};
    QList<std::pair<QString, QString>> query = {};

    QString value(QStringView name) const; ///< of the first pair of that name
};

/// Nothing for a target that means no place: a broken percent-escape, a NUL or other control character, bytes that are
/// not UTF-8, an encoded '/', "." and "..", an empty segment inside.
std::optional<HttpTarget> parseTarget(QByteArrayView target);

} // namespace AutoCommit
