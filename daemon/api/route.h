#pragma once

#include "daemon/api/reply.h"
#include "core/service/tokens.h"
#include "daemon/http/httpmessage.h"

#include <span>

namespace AutoCommit {

struct ApiContext;

/// What a request needs to get in.
enum class Access {
    Open,
    Monitor,
    Generate,
    Record,
    Control, ///< also counted and written down
    Signed, ///< no token: the handler checks a signature of the body
};

QString accessName(Access access);
bool mayUse(TokenScopes scopes, Access access);

/// One request on its way to a handler: allowed, and read.
struct ApiCall
{
    IncomingRequest http = {};
    HttpTarget target = {};
    QString id = {}; ///< what stands for {id} or {sha}
    QJsonObject body = {};
    TokenRecord who = {};

    bool isLocal() const { return http.peer.isLoopback(); }
};

using ApiHandler = void (*)(ApiContext &, const ApiCall &, const Reply &);

/// A row of the one table that dispatching, /openapi.json, /docs and the test of every scope with every path are made
/// from. Schemas are names in resources/api/schemas.json; empty: no body, or one that is not JSON.
struct Route
{
    const char *method;
    const char *pattern; ///< "/repos/{id}/sync"
    Access access;
    const char *summary;
    const char *query; ///< names of parameters, separated by blanks
    const char *requestSchema;
    const char *responseSchema;
    int success;
    ApiHandler handler;
    const char *contentType = "application/json"; ///< of the answer
};

std::span<const Route> apiRoutes();

/// The row for a path; `id` is set from its placeholder. Null: no such path. With a path that exists and a method that
/// does not fit, null too, and `allowed` says which would.
const Route *findRoute(QByteArrayView method, const QStringList &path, QString &id, QByteArrayList &allowed);

} // namespace AutoCommit
