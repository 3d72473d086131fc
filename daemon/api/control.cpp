#include "daemon/api/handlers.h"

#include "core/privacy/secretscanner.h"
#include "core/store/storethread.h"
#include "daemon/api/query.h"

#include <limits>

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 longestPause = 366LL * 24 * 3600; ///< seconds

void answer(const Reply &reply, const Status &status, int success, const QJsonObject &object = {})
{
    if (status)
        reply.json(object, success);
    else
        reply.fail(status.error());
}

Result<PauseRecord> pauseOf(const ApiContext &context, const ApiCall &call)
{
    BodyReader body(call.body);
    body.allowOnly({u"reason"_s, u"seconds"_s, u"until"_s, u"request_id"_s}); // a mistyped end would pause for ever
    const Timestamp now = wallTime(context.clock);
    PauseRecord pause{
        .host = context.steering.status().host,
        .repo = call.id,
        .reason = SecretScanner().redact(body.text(u"reason"_s, 300).toUtf8()).text(),
        .by = call.who.name,
        .since = now,
        .until = body.time(u"until"_s),
    };
    if (body.has(u"seconds"_s)) {
        if (pause.until)
            body.refuse(u"give either \"seconds\" or \"until\""_s);
        pause.until = now + std::chrono::seconds(body.number(u"seconds"_s, longestPause));
    }
    if (pause.until && *pause.until <= now)
        body.refuse(u"the end of the pause has passed already"_s);
    AC_TRY(body.status());
    return pause;
}

/// The answer to what changed one repository.
void answerRepo(ApiContext &context, const ApiCall &call, const Reply &reply, const Status &status)
{
    const auto snapshot = context.steering.repo(call.id);
    if (status && snapshot)
        reply.json(context.shapes.repo(*snapshot));
    else if (status)
        reply.notFound(u"repository"_s);
    else
        reply.fail(status.error());
}

bool isKnown(const ApiContext &context, const ApiCall &call, const Reply &reply)
{
    if (context.steering.repo(call.id))
        return true;
    reply.notFound(u"repository"_s);
    return false;
}

} // namespace

void startCycle(ApiContext &context, const ApiCall &, const Reply &reply)
{
    const auto number = context.steering.startCycle(u"user"_s);
    if (number)
        reply.json({{u"cycle"_s, *number}}, 202);
    else
        reply.fail(number.error());
}

void pause(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const auto record = pauseOf(context, call);
    const Status status = record ? context.steering.pause(*record) : Status(record.error());
    answer(reply, status, 200, status ? context.status.status() : QJsonObject());
}

void resume(ApiContext &context, const ApiCall &, const Reply &reply)
{
    const Status status = context.steering.resume({});
    answer(reply, status, 200, status ? context.status.status() : QJsonObject());
}

void syncRepo(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    if (isKnown(context, call, reply))
        answer(reply, context.steering.syncRepo(call.id, u"user"_s), 202);
}

void pauseRepo(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    if (!isKnown(context, call, reply))
        return;
    const auto record = pauseOf(context, call);
    answerRepo(context, call, reply, record ? context.steering.pause(*record) : Status(record.error()));
}

void resumeRepo(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    if (isKnown(context, call, reply))
        answerRepo(context, call, reply, context.steering.resume(call.id));
}

void undo(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    if (!isKnown(context, call, reply))
        return;
    BodyReader body(call.body);
    const QString sha = body.required(u"sha"_s, 64);
    const auto isHex = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    if (sha.size() < 7 || !std::ranges::all_of(sha, isHex))
        body.refuse(u"field \"sha\" has to be at least seven lower-case hexadecimal digits"_s);
    if (const Status status = body.status(); !status) {
        reply.fail(status.error());
        return;
    }
    context.steering.undo(call.id, sha, reply.with<UndoDone>([](const UndoDone &done) {
        return QJsonObject{{u"sha"_s, done.sha}, {u"soft"_s, done.soft}};
    }));
}

void resolve(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const auto resolved = context.steering.history().write(
        [id = call.id.toLongLong(), by = call.who.name](Store &store) { return store.resolveError(id, by); });
    if (!resolved)
        reply.fail(resolved.error());
    else if (*resolved)
        reply.json({});
    else
        reply.notFound(u"standing error"_s);
}

void reload(ApiContext &context, const ApiCall &, const Reply &reply)
{
    answer(reply, context.steering.reload(), 200);
}

void shutdown(ApiContext &context, const ApiCall &, const Reply &reply)
{
    reply.json({}, 202); // first: afterwards the server may be gone
    context.steering.shutdown();
}

} // namespace AutoCommit::Handlers
