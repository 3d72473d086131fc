#include "core/agent/recordjson.h"

#include "core/base/pathtext.h"
#include "core/privacy/secretscanner.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QJsonValue timeJson(const std::optional<Timestamp> &time)
{
    return time ? QJsonValue(isoText(*time)) : QJsonValue(QJsonValue::Null);
}

qint64 countOf(const CommitRecord &commit)
{
    return commit.pathCount > 0 ? commit.pathCount : commit.paths.size();
}

} // namespace

QJsonObject recordToJson(const CommitRecord &commit)
{
    return {{u"repo"_s, commit.repo},
            {u"origin"_s, commit.origin},
            {u"branch"_s, commit.branch},
            {u"sha"_s, commit.sha},
            {u"parent"_s, commit.parent},
            {u"subject"_s, commit.subject},
            {u"body"_s, commit.body},
            {u"paths"_s, textFromPaths(commit.paths.first(std::min(commit.paths.size(), CommitRecord::maxPaths)))},
            {u"path_count"_s, countOf(commit)},
            {u"source"_s, messageSourceName(commit.source)},
            {u"model"_s, commit.model},
            {u"authored_at"_s, isoText(commit.authoredAt)},
            {u"committed_at"_s, isoText(commit.committedAt)},
            {u"pushed_at"_s, timeJson(commit.pushedAt)}};
}

CommitRecord recordFromJson(const QJsonObject &object)
{
    const auto text = [&](const char *key) { return object.value(QLatin1StringView(key)).toString(); };
    return {.repo = text("repo"),
            .origin = text("origin"),
            .branch = text("branch"),
            .sha = text("sha"),
            .parent = text("parent"),
            .subject = text("subject"),
            .body = text("body"),
            .authoredAt = fromIsoText(text("authored_at")).value_or(Timestamp()),
            .committedAt = fromIsoText(text("committed_at")).value_or(Timestamp()),
            .source = messageSourceFromName(text("source")),
            .model = text("model"),
            .paths = pathsFromText(text("paths")),
            .pathCount = object.value("path_count"_L1).toInteger(),
            .pushedAt = fromIsoText(text("pushed_at"))};
}

OutgoingJson toldRecord(const CommitRecord &commit)
{
    const SecretScanner scanner;
    const auto masked = [&](const QString &text) { return scanner.redact(text.toUtf8()); };
    const auto plain = [](const QString &text) { return RedactedText::ownWords(text.toLatin1().constData()); };
    QList<RedactedText> paths;
    for (const QByteArray &path : commit.paths.first(std::min(commit.paths.size(), CommitRecord::maxPaths)))
        paths += masked(textFromPath(path));
    OutgoingJson told;
    told.add("repo", plain(commit.repo));
    told.add("origin", masked(commit.origin));
    told.add("branch", masked(commit.branch));
    told.add("sha", plain(commit.sha)); // names of objects and times look like secrets to nobody but a scanner
    told.add("parent", plain(commit.parent));
    told.add("subject", masked(commit.subject));
    told.add("body", masked(commit.body));
    told.add("paths", paths);
    told.add("path_count", countOf(commit));
    told.add("source", plain(messageSourceName(commit.source)));
    told.add("model", masked(commit.model));
    told.add("authored_at", plain(isoText(commit.authoredAt)));
    told.add("committed_at", plain(isoText(commit.committedAt)));
    if (commit.pushedAt)
        told.add("pushed_at", plain(isoText(*commit.pushedAt)));
    else
        told.addNull("pushed_at");
    return told;
}

} // namespace AutoCommit
