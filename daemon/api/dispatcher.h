#pragma once

#include "daemon/api/apicontext.h"
#include "daemon/api/guard.h"
#include "daemon/api/route.h"
#include "daemon/http/httphandler.h"

#include <variant>

namespace AutoCommit {

/// How often something may be changed: ten times a minute by another machine's token, as often as a script of the owner
/// needs on this one.
struct ControlBudget
{
    RateLimiter others;
    RateLimiter owner;
};

/// Who may do what, decided before any of a body is read; then reads it and calls the route's handler. In this order:
/// Host (421), Origin (403), path (404), method (405), token (401, 429), scope (403), type of the body (415).
class Dispatcher final : public HttpHandler
{
public:
    Dispatcher(ApiContext &context, TokenStore &tokens, ControlBudget &control, Tally &tally)
        : m_context(context)
        , m_tokens(tokens)
        , m_control(control)
        , m_tally(tally)
    { }

    void setHosts(HostList hosts) { m_hosts = std::move(hosts); }

    std::optional<HttpResponse> refuse(const IncomingRequest &head) override;
    void handle(const IncomingRequest &request, Responder responder) override;
    HttpResponse errorResponse(int status) const override;
    void answered(int status) override { m_tally.countAnswer(status); }

private:
    struct Admitted
    {
        const Route *route = nullptr;
        HttpTarget target = {};
        QString id = {};
        TokenRecord who = {};
    };
    std::variant<HttpResponse, Admitted> admit(const IncomingRequest &head);
    std::optional<HttpResponse> identify(const IncomingRequest &head, Admitted &admitted);
    HttpResponse tokenPage(const IncomingRequest &head) const; ///< how to read /docs
    void control(const ApiCall &call, const Route &route, const Reply &reply);
    Status noteControl(const ApiCall &call, const Route &route);

    ApiContext &m_context;
    TokenStore &m_tokens;
    ControlBudget &m_control;
    Tally &m_tally;
    HostList m_hosts;
};

} // namespace AutoCommit
