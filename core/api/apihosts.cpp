#include "core/api/apihosts.h"

#include "core/api/jsonread.h"

namespace AutoCommit {

ApiHost parseHost(const QJsonObject &object)
{
    return {.name = textAt(object, u"name"),
            .version = textAt(object, u"version"),
            .protocol = numberAt(object, u"protocol"),
            .system = textAt(object, u"system"),
            .firstSeen = timeAt(object, u"first_seen"),
            .lastSeen = timeAt(object, u"last_seen"),
            .drift = textAt(object, u"drift")};
}

ApiParity parseParity(const QJsonObject &object)
{
    const auto head = [](const QJsonObject &o) {
        return ApiHead{.host = textAt(o, u"host"),
                       .repo = textAt(o, u"repo"),
                       .branch = textAt(o, u"branch"),
                       .head = textAt(o, u"head"),
                       .ahead = numberAt(o, u"ahead"),
                       .behind = numberAt(o, u"behind"),
                       .reportedAt = timeAt(o, u"reported_at")};
    };
    return {.origin = textAt(object, u"origin"),
            .name = textAt(object, u"name"),
            .state = textAt(object, u"state"),
            .note = textAt(object, u"note"),
            .hosts = listAt(object, u"hosts", head)};
}

} // namespace AutoCommit
