#include "daemon/api/handlers.h"

#include "core/base/pathtext.h"
#include "core/git/remoteurl.h"
#include "core/privacy/secretscanner.h"
#include "core/store/storethread.h"
#include "daemon/api/query.h"

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype maxCommits = 1000;
constexpr qsizetype maxRepos = 10'000;
constexpr qsizetype maxAgentPath = 4096;
constexpr qint64 maxNumber = 1LL << 40;
constexpr auto tolerance = std::chrono::hours(24); // clocks that are off, and zones taken for UTC
constexpr Timestamp oldest{std::chrono::seconds(946'684'800)}; // 2000-01-01

bool isObjectName(const QString &text)
{
    const auto isHex = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); };
    return (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, isHex);
}

bool isRepoId(const QString &text)
{
    const auto fits = [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z'); };
    return text.size() >= 8 && text.size() <= 32 && std::ranges::all_of(text, fits);
}

/// Who speaks. A token that names a host may speak for that one alone; one that names none may not speak for the
/// daemon's own, whose history is first-hand.
QString hostOf(BodyReader &body, const ApiContext &context, const ApiCall &call, bool &foreign)
{
    const QString host = body.required(u"host"_s, 255);
    foreign = call.who.host.isEmpty() ? host == context.steering.status().host : call.who.host != host;
    return host;
}

/// What a stranger says is kept, shown and logged: nothing that looks like a secret gets that far.
class Masked
{
public:
    QString operator()(const QString &text) const { return m_scanner.redact(text.toUtf8()).text(); }

private:
    SecretScanner m_scanner;
};

void refuseOddTime(BodyReader &body, const char *name, std::optional<Timestamp> time, Timestamp now)
{
    if (time && (*time < oldest || *time > now + tolerance))
        body.refuse(u"field \"%1\" has to be a time from 2000 on and not in the future"_s.arg(QLatin1StringView(name)));
}

ApiError foreignHost()
{
    return {403, u"forbidden"_s, u"this token may not speak for that host"_s, {}};
}

Result<CommitRecord> commitOf(const QJsonObject &object, const QString &host, const Masked &masked, Timestamp now)
{
    BodyReader body(object);
    CommitRecord record{
        .host = host,
        .repo = body.required(u"repo"_s, 32),
        .origin = masked(normalisedUrl(body.text(u"origin"_s, 2048))),
        .branch = masked(body.text(u"branch"_s, 255)),
        .sha = body.required(u"sha"_s, 64),
        .parent = body.text(u"parent"_s, 64),
        .subject = masked(body.text(u"subject"_s, 1000)),
        .body = masked(body.text(u"body"_s, 20'000)),
        .source = messageSourceFromName(body.text(u"source"_s, 32)),
        .model = masked(body.text(u"model"_s, 200)),
        .pathCount = body.number(u"path_count"_s, maxNumber),
        .pushedAt = body.time(u"pushed_at"_s),
    };
    const auto authored = body.time(u"authored_at"_s);
    const auto committed = body.time(u"committed_at"_s);
    if (!committed)
        body.refuse(u"field \"committed_at\" is needed"_s);
    refuseOddTime(body, "committed_at", committed, now);
    refuseOddTime(body, "authored_at", authored, now);
    refuseOddTime(body, "pushed_at", record.pushedAt, now);
    record.committedAt = committed.value_or(Timestamp());
    record.authoredAt = authored.value_or(record.committedAt);
    for (const QString &path : body.texts(u"paths"_s, CommitRecord::maxPaths, maxAgentPath))
        record.paths.append(pathFromText(masked(path)));
    if (!isObjectName(record.sha) || (!record.parent.isEmpty() && !isObjectName(record.parent)))
        body.refuse(u"fields \"sha\" and \"parent\" have to be full object names"_s);
    if (!isRepoId(record.repo))
        body.refuse(u"field \"repo\" has to be an id of 8 to 32 lower-case letters and digits"_s);
    AC_TRY(body.status());
    return record;
}

Result<RepoHead> headOf(const QJsonObject &object, const QString &host, const Masked &masked, Timestamp now)
{
    BodyReader body(object);
    const RepoHead head{
        .host = host,
        .repo = body.required(u"repo"_s, 32),
        .origin = masked(normalisedUrl(body.text(u"origin"_s, 2048))),
        .branch = masked(body.text(u"branch"_s, 255)),
        .head = body.text(u"head"_s, 64),
        .ahead = body.number(u"ahead"_s, maxNumber),
        .behind = body.number(u"behind"_s, maxNumber),
        .reportedAt = now,
    };
    if (!isRepoId(head.repo) || (!head.head.isEmpty() && !isObjectName(head.head)))
        body.refuse(u"a repository needs an id, and \"head\" has to be a full object name or empty"_s);
    AC_TRY(body.status());
    return head;
}

template <typename T, typename Read> Result<QList<T>> readAll(const QList<QJsonObject> &objects, Read read)
{
    QList<T> records;
    for (const QJsonObject &object : objects) {
        AC_ASSIGN(const T record, read(object));
        records.append(record);
    }
    return records;
}

HttpResponse failed(const Error &error)
{
    return errorResponse(apiErrorOf(error));
}

/// The id that makes a POST safe to repeat, kept apart by token and by path.
QString onceKey(const ApiCall &call, const QString &requestId)
{
    return call.who.name + u'\n' + QString::fromLatin1(call.http.target) + u'\n' + requestId;
}

HttpResponse record(ApiContext &context, const QList<CommitRecord> &commits)
{
    const auto recorded
        = context.steering.history().write([commits](Store &store) { return store.recordCommits(commits); });
    if (!recorded)
        return failed(recorded.error());
    return jsonResponse({{u"recorded"_s, *recorded}});
}

} // namespace

void recordCommit(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    BodyReader body(call.body);
    bool foreign = false;
    const Masked masked;
    const QString host = masked(hostOf(body, context, call, foreign));
    const QString requestId = body.required(u"request_id"_s, 128);
    const QList<QJsonObject> objects = body.objects(u"commits"_s, maxCommits);
    if (const Status status = body.status(); !status)
        return reply.fail(status.error());
    if (foreign)
        return reply.fail(foreignHost());
    const Timestamp now = wallTime(context.clock);
    const auto commits = readAll<CommitRecord>(
        objects, [&](const QJsonObject &object) { return commitOf(object, host, masked, now); });
    if (!commits)
        return reply.fail(commits.error());
    const QString key = onceKey(call, requestId);
    if (context.once.begin(key, call.http.body, reply) == Idempotency::Verdict::New)
        context.once.finish(key, record(context, *commits));
}

void heartbeat(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    BodyReader body(call.body);
    bool foreign = false;
    const Timestamp now = wallTime(context.clock);
    const Masked masked;
    const HostRecord host{
        .name = masked(hostOf(body, context, call, foreign)),
        .version = masked(body.text(u"version"_s, 64)),
        .protocol = body.number(u"protocol"_s, 1'000'000),
        .system = masked(body.text(u"system"_s, 255)),
        .firstSeen = now,
        .lastSeen = now,
    };
    const QList<QJsonObject> objects = body.objects(u"repos"_s, maxRepos);
    if (const Status status = body.status(); !status)
        return reply.fail(status.error());
    if (foreign)
        return reply.fail(foreignHost());
    const auto heads
        = readAll<RepoHead>(objects, [&](const QJsonObject &object) { return headOf(object, host.name, masked, now); });
    if (!heads)
        return reply.fail(heads.error());
    const Status saved = context.steering.history().write([host, heads = *heads](Store &store) -> Status {
        AC_TRY(store.saveHost(host));
        return heads.isEmpty() ? Status() : store.saveHeads(heads);
    });
    if (!saved)
        return reply.fail(saved.error());
    reply.json({
        {u"version"_s, QStringLiteral(AC_VERSION)},
        {u"protocol"_s, apiProtocol},
        {u"host"_s, context.steering.status().host},
        {u"drift"_s, driftText(host.version, host.protocol)},
    });
}

} // namespace AutoCommit::Handlers
