#include "daemon/api/handlers.h"

#include "core/base/pathtext.h"

namespace AutoCommit::Handlers {

using namespace Qt::StringLiterals;

void health(ApiContext &, const ApiCall &, const Reply &reply)
{
    reply.json({{u"status"_s, u"ok"_s}});
}

void version(ApiContext &context, const ApiCall &, const Reply &reply)
{
    reply.json({
        {u"version"_s, QStringLiteral(AC_VERSION)},
        {u"protocol"_s, apiProtocol},
        {u"qt"_s, QString::fromLatin1(qVersion())},
        {u"git"_s, context.gitVersion},
    });
}

void status(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    QJsonObject told = context.status.status();
    told.insert(u"scopes"_s, QJsonArray::fromStringList(scopeNames(call.who.scopes))); // what the caller's token may
    reply.json(told);
}

void currentCycle(ApiContext &context, const ApiCall &, const Reply &reply)
{
    QJsonArray active;
    for (const RepoSnapshot &repo : context.steering.repos()) {
        if (!repo.running)
            continue;
        active.append(QJsonObject{
            {u"repo"_s, repo.record.id},
            {u"name"_s, context.shapes.repoName(repo.record.id)},
            {u"stage"_s, repo.stage},
        });
    }
    QJsonObject answer = context.shapes.progress(context.steering.status().cycle);
    answer[u"active"] = active;
    reply.json(answer);
}

void events(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    context.events.subscribe(reply, call.http.field("last-event-id"));
}

void openApi(ApiContext &context, const ApiCall &, const Reply &reply)
{
    reply.send({.contentType = "application/json", .body = context.openApi});
}

void docs(ApiContext &context, const ApiCall &, const Reply &reply)
{
    reply.send({
        .contentType = "text/html; charset=utf-8",
        .body = context.docsPage,
        .fields = {{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"}},
    });
}

} // namespace AutoCommit::Handlers
