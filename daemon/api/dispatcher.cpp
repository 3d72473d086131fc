#include "daemon/api/dispatcher.h"

#include "core/store/storethread.h"
#include "daemon/api/openapi.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

HttpResponse refusal(int status, const QString &kind, const QString &message, const QString &advice = {})
{
    return AutoCommit::errorResponse({status, kind, message, advice});
}

HttpResponse withField(HttpResponse response, const QByteArray &name, const QByteArray &value)
{
    response.fields.emplace_back(name, value);
    return response;
}

HttpResponse tooMany(int seconds)
{
    return withField(refusal(429, u"rate-limit"_s, u"too many requests"_s, u"Try again in %1 seconds."_s.arg(seconds)),
                     "Retry-After", QByteArray::number(seconds));
}

QByteArray allowText(QByteArrayList methods)
{
    if (methods.contains("GET"))
        methods.append("HEAD");
    return methods.join(", ") + ", OPTIONS";
}

HttpResponse methodAnswer(const IncomingRequest &head, const QByteArrayList &allowed)
{
    if (head.method == "OPTIONS")
        return {.status = 204, .fields = {{"Allow", allowText(allowed)}}};
    return withField(refusal(405, u"usage"_s, u"this path does not take that method"_s), "Allow", allowText(allowed));
}

/// Somebody opened the address in a browser.
bool wantsPage(const IncomingRequest &head, const Route &route)
{
    return qstrcmp(route.pattern, "/docs") == 0 && head.field("accept").toLower().contains("text/html");
}

/// The page says what the program can be asked, the same on every machine, and nothing of this one. A browser sends no
/// token.
bool isOpenHere(const IncomingRequest &head, const Route &route)
{
    return qstrcmp(route.pattern, "/docs") == 0 && head.peer.isLoopback() && head.field("authorization").isEmpty();
}

bool changesState(const IncomingRequest &head)
{
    return head.method == "POST" || head.method == "PATCH";
}

} // namespace

HttpResponse Dispatcher::tokenPage(const IncomingRequest &head) const
{
    const QString url = QLatin1StringView(head.secure ? "https://" : "http://")
        + QString::fromLatin1(head.field("host")) + u"/docs"_s;
    const QString file = m_context.paths.abbreviateHome(m_tokens.ownerTokenFile());
    return {.status = 401,
            .contentType = "text/html; charset=utf-8",
            .body = docsPageWithoutToken(url, file),
            .fields = {{"Content-Security-Policy", "default-src 'none'"}}};
}

std::optional<HttpResponse> Dispatcher::identify(const IncomingRequest &head, Admitted &admitted)
{
    const Access access = admitted.route->access;
    if (access == Access::Open || access == Access::Signed)
        return std::nullopt;
    if (isOpenHere(head, *admitted.route))
        return std::nullopt;
    const QString peer = head.peer.toString();
    const int wait = m_context.failures.retryAfter(peer);
    // All users of a machine share its loopback address: wrong guesses of one must not lock the others out.
    if (wait > 0 && !head.peer.isLoopback())
        return tooMany(wait);
    const auto known = m_tokens.verify(bearerToken(head));
    if (!known) {
        m_context.failures.count(peer);
        if (wait > 0)
            return tooMany(wait);
        return withField(
            wantsPage(head, *admitted.route)
                ? tokenPage(head)
                : refusal(401, u"unauthorized"_s, u"a valid token is needed"_s,
                          u"Send \"Authorization: Bearer\" with the token from ~/.config/commits/token."_s),
            "WWW-Authenticate", "Bearer");
    }
    if (!mayUse(known->scopes, access))
        return refusal(403, u"forbidden"_s, u"this token lacks the scope \"%1\""_s.arg(accessName(access)));
    admitted.who = *known;
    return std::nullopt;
}

std::variant<HttpResponse, Dispatcher::Admitted> Dispatcher::admit(const IncomingRequest &head)
{
    // No web page reaches the Unix socket, so no name can have been made to point to it.
    if (!m_hosts.contains(head.field("host")) && !(head.local && head.field("host").toLower() == "localhost"))
        return refusal(421, u"misdirected"_s, u"this server does not go by that name"_s,
                       u"Add the name to the setting api_hosts if it is right."_s);
    if (!isSameSite(head))
        return refusal(403, u"forbidden"_s, u"requests from web pages of other sites are not taken"_s);
    if (head.target == "*")
        return HttpResponse{.status = 204, .fields = {{"Allow", "GET, HEAD, POST, PATCH, OPTIONS"}}};
    auto target = parseTarget(head.target);
    if (!target)
        return refusal(404, u"not-found"_s, u"there is no such path"_s);
    Admitted admitted;
    QByteArrayList allowed;
    admitted.route = findRoute(head.method, target->path, admitted.id, allowed);
    if (!admitted.route && allowed.isEmpty())
        return refusal(404, u"not-found"_s, u"there is no such path"_s);
    if (!admitted.route)
        return methodAnswer(head, allowed);
    if (auto refused = identify(head, admitted))
        return *std::move(refused);
    if (changesState(head) && !isJson(head))
        return refusal(415, u"usage"_s, u"the body has to be application/json"_s);
    admitted.target = *std::move(target);
    return admitted;
}

std::optional<HttpResponse> Dispatcher::refuse(const IncomingRequest &head)
{
    auto verdict = admit(head);
    auto *refused = std::get_if<HttpResponse>(&verdict);
    return refused ? std::optional(std::move(*refused)) : std::nullopt;
}

Status Dispatcher::noteControl(const ApiCall &call, const Route &route)
{
    // What cannot be written now waits in the store; a full disk is no reason to refuse "pause".
    const AuditRecord row{
        .at = wallTime(m_context.clock),
        .who = call.who.name,
        .what = QString::fromLatin1(route.method) + u' ' + QString::fromLatin1(route.pattern),
        .target = call.id,
        .from = call.isLocal() ? u"local"_s : call.http.peer.toString(),
    };
    return m_context.steering.history().write([row](Store &store) { return store.recordAudit(row); });
}

void Dispatcher::control(const ApiCall &call, const Route &route, const Reply &reply)
{
    RateLimiter &budget = call.who.owner && call.isLocal() ? m_control.owner : m_control.others;
    const QString key = call.who.name + u'@' + call.http.peer.toString();
    if (const int wait = budget.retryAfter(key); wait > 0) {
        reply.send(tooMany(wait));
        return;
    }
    budget.count(key); // now: answers may come later than the next request
    if (const Status noted = noteControl(call, route); !noted)
        qWarning("the history could not be told who asked for what: %s", qUtf8Printable(noted.error().message));
    route.handler(m_context, call, reply.watched([&budget, key](int status) {
        if (status >= 400 && status < 500)
            budget.giveBack(key);
    }));
}

void Dispatcher::handle(const IncomingRequest &request, Responder responder)
{
    const Reply reply(std::move(responder), m_context.shapes);
    auto verdict = admit(request);
    if (const auto *refused = std::get_if<HttpResponse>(&verdict)) {
        reply.send(*refused); // the token was revoked while the body came in
        return;
    }
    auto &admitted = std::get<Admitted>(verdict);
    const Route &route = *admitted.route;
    ApiCall call{request, std::move(admitted.target), admitted.id, {}, admitted.who};
    if (changesState(request) && route.access != Access::Signed) { // a signature is checked before the body is read
        auto body = readBody(request.body);
        if (!body) {
            reply.fail(body.error());
            return;
        }
        call.body = *std::move(body);
    }
    if (route.access == Access::Control)
        control(call, route, reply);
    else
        route.handler(m_context, call, reply);
}

HttpResponse Dispatcher::errorResponse(int status) const
{
    const QString reason = QString::fromLatin1(httpReason(status)).toLower();
    return refusal(status, status == 503 ? u"out-of-resources"_s : u"usage"_s, reason);
}

} // namespace AutoCommit
