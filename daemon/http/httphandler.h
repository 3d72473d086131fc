#pragma once

#include "daemon/http/httpmessage.h"
#include "daemon/http/responder.h"

#include <optional>

namespace AutoCommit {

/// The program behind the server. Called on the server's thread.
class HttpHandler
{
public:
    virtual ~HttpHandler() = default;

    /// When the fields are known and before any of the body is read: an answer here spares both sides the body.
    virtual std::optional<HttpResponse> refuse(const IncomingRequest &head) = 0;

    /// A whole request. The answer may come at once or later, through the responder.
    virtual void handle(const IncomingRequest &request, Responder responder) = 0;

    /// What a status of the server's own (400, 408, 413, ...) is told with.
    virtual HttpResponse errorResponse(int status) const = 0;

    /// Every answer that goes out, also refusals.
    virtual void answered(int status) = 0;
};

} // namespace AutoCommit
