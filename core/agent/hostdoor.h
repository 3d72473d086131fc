#pragma once

#include "core/agent/outgoing.h"
#include "core/base/cancel.h"
#include "core/base/result.h"

#include <chrono>

namespace AutoCommit {

enum class HostCall {
    GenerateMessage,
    RecordCommit,
    Heartbeat,
};

const char *hostCallPath(HostCall call); ///< "/generate-message"

/// The way to the daemon on another machine. Any thread may use it, several at once.
class HostDoor
{
public:
    virtual ~HostDoor() = default;

    /// Sends a request and blocks for the answer, at most `within`; returns within 50 ms of a cancel. A request that
    /// broke off may have been seen: the same request_id has to go with it when it is sent again. Errors:
    /// Unreachable (nobody there, or the connection broke), Timeout, OutOfResources (asked to come again later),
    /// AuthFailed (the token), TlsFailed (not the certificate expected), Config (a person has to set something up
    /// first), RejectedSecret, Usage (the daemon refuses this very request), Internal (the daemon's own trouble),
    /// Cancelled.
    virtual Result<QJsonObject> send(HostCall call, const OutgoingJson &body, std::chrono::milliseconds within,
                                     const CancelToken &cancel)
        = 0;

    virtual QString name() const = 0; ///< of the machine behind it, for people
};

} // namespace AutoCommit
