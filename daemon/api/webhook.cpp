#include "daemon/api/handlers.h"

#include "core/git/remoteurl.h"
#include "daemon/api/guard.h"

#include <QSet>

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

/// Forgejo's own name for a field first, then Gitea's.
QByteArray fieldOf(const IncomingRequest &request, const QByteArray &name)
{
    const QByteArray own = request.field("x-forgejo-" + name);
    return own.isEmpty() ? request.field("x-gitea-" + name) : own;
}

/// The same repository may be known by its https or its ssh address.
QSet<QString> originsOf(const QJsonObject &event)
{
    const QJsonObject repository = event[u"repository"].toObject();
    QSet<QString> origins;
    for (const auto &name : {"clone_url"_L1, "ssh_url"_L1}) {
        const QString url = repository[name].toString();
        if (!url.isEmpty() && url.size() <= 2048)
            origins.insert(normalisedUrl(url));
    }
    return origins;
}

} // namespace

void forgejo(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const QString peer = call.http.peer.toString();
    if (const int wait = context.failures.retryAfter(u"webhook "_s + peer); wait > 0) {
        HttpResponse response = errorResponse({429, u"rate-limit"_s, u"too many wrong signatures"_s, {}});
        response.fields.emplace_back("Retry-After", QByteArray::number(wait));
        return reply.send(response);
    }
    const QString file = context.paths.expandHome(context.steering.settings().settings.webhookSecretFile);
    const QByteArray signature = fieldOf(call.http, "signature");
    const auto isSigned = WebhookSecret::isSigned(file, call.http.body, signature);
    if (!isSigned)
        return reply.fail({404, u"not-found"_s, u"no webhooks are taken here"_s, u"Set webhook_secret_file."_s});
    if (!*isSigned) {
        context.failures.count(u"webhook "_s + peer);
        return reply.fail({401, u"unauthorized"_s, u"the signature is not that of the body"_s, {}});
    }
    const auto event = readBody(call.http.body);
    if (!event)
        return reply.fail(event.error());
    const QByteArray delivery = fieldOf(call.http, "delivery");
    const QSet<QString> origins = originsOf(*event);
    if (delivery.isEmpty() || delivery.size() > 128 || origins.isEmpty())
        return reply.fail({400, u"usage"_s, u"a delivery id and a repository with its URLs are needed"_s, {}});
    if (!context.webhook.isFresh(delivery, signature))
        return reply.json({{u"repos"_s, 0}, {u"replayed"_s, true}}, 202);
    int repos = 0;
    for (const QString &origin : origins) {
        const auto synced = context.steering.syncOrigin(origin, u"webhook"_s);
        if (!synced && synced.error().kind != ErrorKind::Usage)
            return reply.fail(synced.error());
        repos += synced ? *synced : 0;
    }
    reply.json({{u"repos"_s, repos}}, 202);
}

} // namespace AutoCommit::Handlers
