#include "core/api/apirepo.h"

#include "core/api/jsonread.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

ApiExclusion parseExclusion(const QJsonObject &object)
{
    return {.path = textAt(object, u"path"),
            .rule = textAt(object, u"rule"),
            .reason = textAt(object, u"reason"),
            .firstSeen = timeAt(object, u"first_seen")};
}

ApiDecision parseDecision(const QJsonObject &object)
{
    return {.at = timeAt(object, u"at"),
            .stage = textAt(object, u"stage"),
            .what = textAt(object, u"what"),
            .why = textAt(object, u"why")};
}

std::optional<ApiRepoError> parseRepoError(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    return ApiRepoError{.id = textAt(object, u"id"),
                        .kind = textAt(object, u"kind"),
                        .message = textAt(object, u"message"),
                        .advice = textAt(object, u"advice")};
}

} // namespace

QUrl webUrlFrom(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.scheme() == u"https"_s || url.scheme() == u"http"_s ? url : QUrl();
}

ApiRepo parseRepo(const QJsonObject &object)
{
    return {.id = textAt(object, u"id"),
            .name = textAt(object, u"name"),
            .path = textAt(object, u"path"),
            .host = textAt(object, u"host"),
            .origin = textAt(object, u"origin"),
            .branch = textAt(object, u"branch"),
            .head = textAt(object, u"head"),
            .upstream = textAt(object, u"upstream"),
            .ahead = numberAt(object, u"ahead"),
            .behind = numberAt(object, u"behind"),
            .state = textAt(object, u"state"),
            .reason = textAt(object, u"reason"),
            .lookedAt = timeAt(object, u"looked_at"),
            .committedAt = timeAt(object, u"committed_at"),
            .pulledAt = timeAt(object, u"pulled_at"),
            .pushedAt = timeAt(object, u"pushed_at"),
            .changedAt = timeAt(object, u"changed_at"),
            .needsPush = flagAt(object, u"needs_push"),
            .pause = parsePause(object.value(u"pause")),
            .excluded = numberAt(object, u"excluded"),
            .error = parseRepoError(object.value(u"error")),
            .running = flagAt(object, u"running"),
            .stage = textAt(object, u"stage"),
            .webUrl = webUrlFrom(textAt(object, u"web_url")),
            .exclusions = listAt(object, u"exclusions", parseExclusion)};
}

ApiExplanation parseExplanation(const QJsonObject &object)
{
    return {.repo = parseRepo(object.value(u"repo").toObject()),
            .decisions = listAt(object, u"decisions", parseDecision),
            .exclusions = listAt(object, u"exclusions", parseExclusion)};
}

} // namespace AutoCommit
