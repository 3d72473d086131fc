#include "core/api/apihistory.h"

#include "core/api/apirepo.h"
#include "core/api/jsonread.h"

namespace AutoCommit {

ApiCommit parseCommit(const QJsonObject &object)
{
    return {.id = textAt(object, u"id"),
            .sha = textAt(object, u"sha"),
            .parent = textAt(object, u"parent"),
            .host = textAt(object, u"host"),
            .repo = textAt(object, u"repo"),
            .name = textAt(object, u"name"),
            .origin = textAt(object, u"origin"),
            .branch = textAt(object, u"branch"),
            .subject = textAt(object, u"subject"),
            .body = textAt(object, u"body"),
            .source = textAt(object, u"source"),
            .model = textAt(object, u"model"),
            .authoredAt = timeAt(object, u"authored_at"),
            .committedAt = timeAt(object, u"committed_at"),
            .pushedAt = timeAt(object, u"pushed_at"),
            .verifiedAt = timeAt(object, u"verified_at"),
            .paths = textsAt(object, u"paths"),
            .pathCount = numberAt(object, u"path_count"),
            .webUrl = webUrlFrom(textAt(object, u"web_url"))};
}

ApiProblem parseProblem(const QJsonObject &object)
{
    return {.id = textAt(object, u"id"),
            .host = textAt(object, u"host"),
            .repo = textAt(object, u"repo"),
            .name = textAt(object, u"name"),
            .kind = textAt(object, u"kind"),
            .message = textAt(object, u"message"),
            .advice = textAt(object, u"advice"),
            .firstSeen = timeAt(object, u"first_seen"),
            .lastSeen = timeAt(object, u"last_seen"),
            .count = numberAt(object, u"count"),
            .resolvedAt = timeAt(object, u"resolved_at")};
}

ApiStats parseStats(const QJsonObject &object)
{
    const auto day = [](const QJsonObject &o) {
        return ApiDayCount{.day = QDate::fromString(textAt(o, u"day"), Qt::ISODate),
                           .commits = numberAt(o, u"commits")};
    };
    const auto source = [](const QJsonObject &o) {
        return ApiNamedCount{
            .key = textAt(o, u"source"), .name = textAt(o, u"source"), .commits = numberAt(o, u"commits")};
    };
    const auto repo = [](const QJsonObject &o) {
        return ApiNamedCount{.key = textAt(o, u"repo"), .name = textAt(o, u"name"), .commits = numberAt(o, u"commits")};
    };
    return {.commits = numberAt(object, u"commits"),
            .unpushed = numberAt(object, u"unpushed"),
            .perDay = listAt(object, u"per_day", day),
            .bySource = listAt(object, u"by_source", source),
            .byRepo = listAt(object, u"by_repo", repo)};
}

} // namespace AutoCommit
