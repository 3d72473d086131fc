#include "core/api/apistatus.h"

#include "core/api/jsonread.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

ApiCounts parseCounts(const QJsonObject &object)
{
    return {.repos = numberAt(object, u"repos"),
            .attention = numberAt(object, u"attention"),
            .unpushed = numberAt(object, u"unpushed"),
            .errors = numberAt(object, u"errors"),
            .excluded = numberAt(object, u"excluded"),
            .commitsToday = numberAt(object, u"commits_today"),
            .paused = numberAt(object, u"paused")};
}

ApiAttention parseAttention(const QJsonObject &object)
{
    return {.repo = textAt(object, u"repo"),
            .name = textAt(object, u"name"),
            .kind = textAt(object, u"kind"),
            .message = textAt(object, u"message"),
            .advice = textAt(object, u"advice"),
            .since = timeAt(object, u"since")};
}

ApiHold parseHold(const QJsonObject &object)
{
    return {.kind = textAt(object, u"kind"), .text = textAt(object, u"text"), .until = timeAt(object, u"until")};
}

} // namespace

std::optional<ApiPause> parsePause(const QJsonValue &value)
{
    if (!value.isObject())
        return std::nullopt;
    const QJsonObject object = value.toObject();
    return ApiPause{.reason = textAt(object, u"reason"),
                    .by = textAt(object, u"by"),
                    .since = timeAt(object, u"since"),
                    .until = timeAt(object, u"until")};
}

ApiCycle parseCycle(const QJsonObject &object)
{
    return {.number = numberAt(object, u"number"),
            .running = flagAt(object, u"running"),
            .reason = textAt(object, u"reason"),
            .startedAt = timeAt(object, u"started_at"),
            .finishedAt = timeAt(object, u"finished_at"),
            .nextAt = timeAt(object, u"next_at"),
            .done = numberAt(object, u"done"),
            .total = numberAt(object, u"total")};
}

ApiStatus parseStatus(const QJsonObject &object)
{
    const QJsonObject watch = object.value(u"watch").toObject();
    std::optional<QStringList> scopes;
    if (object.contains(u"scopes"))
        scopes = textsAt(object, u"scopes");
    const QJsonObject coordinator = object.value(u"coordinator").toObject();
    return {.name = textAt(object, u"name"),
            .host = textAt(object, u"host"),
            .version = textAt(object, u"version"),
            .protocol = numberAt(object, u"protocol"),
            .startedAt = timeAt(object, u"started_at"),
            .now = timeAt(object, u"now"),
            .state = textAt(object, u"state"),
            .pause = parsePause(object.value(u"pause")),
            .holds = listAt(object, u"holds", parseHold),
            .cycle = parseCycle(object.value(u"cycle").toObject()),
            .counts = parseCounts(object.value(u"counts").toObject()),
            .watchesFiles = flagAt(watch, u"events"),
            .watchNote = textAt(watch, u"note"),
            .coordinatorUrl = textAt(coordinator, u"url"),
            .coordinatorState = textAt(coordinator, u"state"),
            .coordinatorCheckedAt = timeAt(coordinator, u"checked_at"),
            .notes = textsAt(object, u"notes"),
            .attention = listAt(object, u"attention", parseAttention),
            .scopes = scopes};
}

} // namespace AutoCommit
