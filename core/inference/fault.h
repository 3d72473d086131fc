#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace AutoCommit {

/// Why there is no answer, as far as the client has to decide on it.
enum class FaultKind {
    Unreachable, ///< no connection, or it broke before the answer began
    Cut, ///< the answer broke off: no finish reason was seen
    ConnectTimeout,
    QueueTimeout,
    IdleTimeout,
    TotalTimeout,
    Cancelled,
    Auth,
    ModelMissing,
    Overflow,
    FieldRefused, ///< the server does not take something that may be left out: schema, priority, stream_options ...
    Busy,
    Loading,
    ServerFailed, ///< status 500: worth one more try
    Refused, ///< this request will never be answered
    Redirected,
    NotAServer, ///< an HTML page, a proxy's portal: something else listens there
    TooLong, ///< more text than the request allows
};

struct Fault
{
    FaultKind kind = FaultKind::Unreachable;
    int status = 0; ///< HTTP, 0 = none
    QString said; ///< the server's words, one clean line. May quote the prompt: for decisions, never for a log
    std::optional<std::chrono::milliseconds> retryAfter;
    int promptTokens = 0; ///< of an overflow, 0 = not said
    int contextTokens = 0;
};

/// What an HTTP error answer means. llama.cpp says 500 to bad requests and a template's refusal, others say 400 to a
/// model that is missing: the words decide as much as the status. Pure.
Fault faultOfReply(int status, const QByteArray &body, const QByteArray &retryAfter, const QDateTime &now);

/// The same for an error object inside a stream that began with 200.
Fault faultOfErrorObject(const QByteArray &json);

/// Seconds or an HTTP date, between one second and ten minutes.
std::optional<std::chrono::milliseconds> parseRetryAfter(const QByteArray &value, const QDateTime &now);

/// For the caller. `server` is the base URL without credentials.
Error errorOf(const Fault &fault, const QString &server);

} // namespace AutoCommit
