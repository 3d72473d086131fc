#include "daemon/api/handlers.h"

#include "core/base/pathtext.h"
#include "core/git/remoteurl.h"
#include "daemon/api/query.h"

#include <QSet>

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype maxPathLength = 4096;
constexpr qsizetype maxPatch = 4 * 1024 * 1024;
constexpr qint64 maxLines = 1LL << 40;

/// Relative to the top, without a step up, not empty: it goes back to an agent that commits what it names.
bool isPlainPath(const QByteArray &path)
{
    if (path.isEmpty() || path.startsWith('/') || path.endsWith('/') || path.contains('\0'))
        return false;
    const QByteArrayList parts = path.split('/');
    return std::ranges::none_of(
        parts, [](const QByteArray &part) { return part.isEmpty() || part == "." || part == ".." || part == ".git"; });
}

std::optional<ChangeKind> kindOf(const QString &status)
{
    if (status == u"A"_s)
        return ChangeKind::Added;
    if (status == u"M"_s)
        return ChangeKind::Modified;
    if (status == u"D"_s)
        return ChangeKind::Deleted;
    if (status == u"R"_s)
        return ChangeKind::Renamed;
    if (status == u"T"_s)
        return ChangeKind::TypeChanged;
    return std::nullopt;
}

Result<GenerateFile> fileOf(const QJsonObject &object)
{
    BodyReader body(object);
    const auto kind = kindOf(body.required(u"status"_s, 1));
    const GenerateFile file{
        .path = pathFromText(body.required(u"path"_s, maxPathLength)),
        .oldPath = pathFromText(body.text(u"old_path"_s, maxPathLength)),
        .kind = kind.value_or(ChangeKind::Modified),
        .added = body.number(u"added"_s, maxLines),
        .deleted = body.number(u"deleted"_s, maxLines),
    };
    if (!kind)
        body.refuse(u"field \"status\" has to be one of A, M, D, R, T"_s);
    if (!isPlainPath(file.path) || (!file.oldPath.isEmpty() && !isPlainPath(file.oldPath)))
        body.refuse(u"a path has to be relative to the top of the work tree, without \"..\""_s);
    AC_TRY(body.status());
    return file;
}

QList<RecentSubject> subjectsOf(BodyReader &body, const QJsonObject &request)
{
    if (!body.has(u"style"_s))
        return {};
    if (!request[u"style"].isObject()) {
        body.refuse(u"field \"style\" has to be an object"_s);
        return {};
    }
    QList<RecentSubject> subjects;
    BodyReader style(request[u"style"].toObject());
    for (const QJsonObject &entry : style.objects(u"recent_subjects"_s, GenerateRequest::maxSubjects)) {
        BodyReader reader(entry);
        RecentSubject subject{.subject = reader.text(u"subject"_s, 1000)};
        if (reader.has(u"author_is_me"_s))
            subject.authorIsMe = reader.flag(u"author_is_me"_s);
        if (const Status status = reader.status(); !status)
            style.refuse(status.error().message);
        subjects.append(subject);
    }
    if (const Status status = style.status(); !status)
        body.refuse(status.error().message);
    return subjects;
}

Result<GenerateRequest> requestOf(const QJsonObject &object)
{
    BodyReader body(object);
    GenerateRequest request{
        .requestId = body.required(u"request_id"_s, 128),
        .host = body.required(u"host"_s, 255),
        .origin = normalisedUrl(body.text(u"origin"_s, 2048)),
        .branch = body.text(u"branch"_s, 255),
        .recentSubjects = subjectsOf(body, object),
        .patch = body.text(u"patch"_s, maxPatch).toUtf8(),
        .oneCommit = body.flag(u"one_commit"_s),
    };
    const QList<QJsonObject> files = body.objects(u"files"_s, GenerateRequest::maxFiles);
    if (files.isEmpty())
        body.refuse(u"field \"files\" has to name at least one file"_s);
    AC_TRY(body.status());
    QSet<QByteArray> paths;
    for (const QJsonObject &entry : files) {
        AC_ASSIGN(const GenerateFile file, fileOf(entry));
        if (paths.contains(file.path))
            return Error{ErrorKind::Usage, u"a path is named twice"_s};
        paths.insert(file.path);
        request.files.append(file);
    }
    return request;
}

/// Every path exactly once, and none that was not asked about.
bool coversAll(const GenerateAnswer &answer, const GenerateRequest &request)
{
    QSet<QByteArray> left;
    for (const GenerateFile &file : request.files)
        left.insert(file.path);
    for (const GenerateGroup &group : answer.groups) {
        for (const QByteArray &path : group.paths) {
            if (!left.remove(path))
                return false;
        }
    }
    return left.isEmpty();
}

QJsonObject answerJson(const GenerateAnswer &answer)
{
    QJsonArray groups;
    for (const GenerateGroup &group : answer.groups) {
        QJsonArray paths;
        for (const QByteArray &path : group.paths)
            paths.append(textFromPath(path));
        groups.append(QJsonObject{
            {u"paths"_s, paths},
            {u"subject"_s, group.subject},
            {u"body"_s, group.body},
            {u"type"_s, group.type},
            {u"scope"_s, group.scope},
            {u"source"_s, messageSourceName(group.source)},
            {u"model"_s, group.model},
            {u"why"_s, QJsonArray::fromStringList(group.why)},
        });
    }
    return {{u"groups"_s, groups}};
}

HttpResponse responseTo(const GenerateRequest &request, const Result<GenerateAnswer> &answer)
{
    if (!answer)
        return errorResponse(apiErrorOf(answer.error()));
    if (!coversAll(*answer, request))
        return errorResponse({500, u"internal"_s, u"the groups do not cover every path exactly once"_s, {}});
    return jsonResponse(answerJson(*answer));
}

} // namespace

void generateMessage(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    if (!context.messages)
        return reply.fail({503, u"model-unavailable"_s, u"this daemon writes no messages for others"_s, {}});
    const auto request = requestOf(call.body);
    if (!request)
        return reply.fail(request.error());
    if (!call.who.host.isEmpty() && call.who.host != request->host)
        return reply.fail({403, u"forbidden"_s, u"this token may not speak for that host"_s, {}});
    const QString key = call.who.name + u'\n' + QString::fromLatin1(call.http.target) + u'\n' + request->requestId;
    if (context.once.begin(key, call.http.body, reply) == Idempotency::Verdict::Known)
        return;
    const auto done = [&context, alive = context.alive, key, request = *request](const Result<GenerateAnswer> &answer) {
        if (!alive.expired())
            context.once.finish(key, responseTo(request, answer));
    };
    context.messages->generate(*request, done);
}

} // namespace AutoCommit::Handlers
