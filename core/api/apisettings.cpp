#include "core/api/apisettings.h"

#include "core/api/jsonread.h"

namespace AutoCommit {

ApiSettings parseSettings(const QJsonObject &object)
{
    const auto setting = [](const QJsonObject &o) {
        return ApiSetting{.key = textAt(o, u"key"),
                          .section = textAt(o, u"section"),
                          .value = o.value(u"value"),
                          .standard = o.value(u"default"),
                          .origin = textAt(o, u"origin"),
                          .type = textAt(o, u"type"),
                          .range = textAt(o, u"range"),
                          .help = textAt(o, u"help"),
                          .unit = textAt(o, u"unit"),
                          .writable = o.value(u"writable").toBool(true)};
    };
    return {.file = textAt(object, u"file"), .settings = listAt(object, u"settings", setting)};
}

ApiCheck parseCheck(const QJsonObject &object)
{
    return {.id = textAt(object, u"id"),
            .title = textAt(object, u"title"),
            .state = textAt(object, u"state"),
            .message = textAt(object, u"message"),
            .advice = textAt(object, u"advice"),
            .repo = textAt(object, u"repo")};
}

} // namespace AutoCommit
