#include "daemon/api/handlers.h"

#include "core/config/listening.h"
#include "core/config/settingsloader.h"
#include "core/privacy/secretscanner.h"

#include <QUrl>

#include <algorithm>
#include <array>

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

// What a token with the scope "control" may change: pace and looks, nothing that runs programs, opens the machine,
// weakens a guard or decides what is committed and where content goes. Somebody may have stolen that token, so
// everything that is not in here, also a setting that nobody has judged yet, needs the owner's own token, from this
// machine.
constexpr std::array harmlessKeys{
    "cycle_interval_seconds",
    "file_quiet_seconds",
    "hook_timeout_seconds",
    "log_level",
    "max_parallel_repos",
    "message_body",
    "message_style",
    "model_timeout_seconds",
    "network_timeout_seconds",
    "no_model_wait_seconds",
    "on_battery",
    "on_metered",
    "on_no_model",
    "once_wait_seconds",
    "pre_cycle_pull",
    "quiet_hours",
    "settle_cap_seconds",
    "settle_seconds",
    "share_connections",
    "split_commits",
    "subject_length",
    "watch_files",
};

bool isOwners(const SettingSpec &spec)
{
    return std::ranges::none_of(harmlessKeys, [&](const char *key) { return spec.name() == QLatin1StringView(key); });
}

bool isOwner(const ApiCall &call)
{
    return call.who.owner && call.isLocal();
}

/// Passwords in URLs stay on the machine.
QString withoutPassword(const QString &text)
{
    if (!text.contains("://"_L1))
        return text;
    const QUrl url(text);
    return url.password().isEmpty() ? text : url.toString(QUrl::RemovePassword);
}

QJsonValue shown(const QJsonValue &value, const Shapes &shapes)
{
    if (value.isString())
        return shapes.text(withoutPassword(value.toString()));
    if (!value.isArray())
        return value;
    QJsonArray items;
    for (const QJsonValue &item : value.toArray())
        items.append(shown(item, shapes));
    return items;
}

QString unitName(const SettingSpec &spec)
{
    if (std::holds_alternative<std::chrono::seconds Settings::*>(spec.member))
        return u"seconds"_s;
    switch (spec.unit) {
    case SettingUnit::Bytes:
        return u"bytes"_s;
    case SettingUnit::Percent:
        return u"percent"_s;
    case SettingUnit::Characters:
        return u"characters"_s;
    case SettingUnit::None:
        break;
    }
    return {};
}

QJsonObject configJson(const ApiContext &context, const ApiCall &call)
{
    const LoadedSettings &loaded = context.steering.settings();
    const Settings defaults;
    QJsonArray settings;
    for (const SettingSpec &spec : settingSpecs()) {
        settings.append(QJsonObject{
            {u"key"_s, spec.name()},
            {u"section"_s, QString::fromLatin1(spec.section)},
            {u"value"_s, shown(settingJson(spec, loaded.settings), context.shapes)},
            {u"default"_s, settingJson(spec, defaults)},
            {u"origin"_s, context.shapes.text(loaded.origin.value(spec.name(), u"default"_s))},
            {u"type"_s, spec.typeName()},
            {u"range"_s, spec.rangeText()},
            {u"help"_s, QString::fromLatin1(spec.help)},
            {u"unit"_s, unitName(spec)},
            {u"writable"_s, isOwner(call) || !isOwners(spec)},
        });
    }
    return {{u"file"_s, context.shapes.text(context.paths.configFile())}, {u"settings"_s, settings}};
}

struct Change
{
    const SettingSpec *spec = nullptr;
    std::optional<QString> text = {}; ///< as the file's writer takes it; none: back to the default
};

bool hasCommaInList(const QJsonValue &value)
{
    return std::ranges::any_of(value.toArray(), [](const QJsonValue &item) { return item.toString().contains(u','); });
}

Result<Change> changeOf(const QString &key, const QJsonValue &value, const ApiCall &call, Settings &probe)
{
    const SettingSpec *spec = findSetting(key);
    if (!spec) {
        const QString near = nearestSetting(key.left(64));
        return Error{ErrorKind::Usage,
                     u"there is no setting of that name"_s
                         + (near.isEmpty() ? QString() : u"; did you mean %1?"_s.arg(near))};
    }
    if (isOwners(*spec) && !isOwner(call))
        return Error{ErrorKind::PermissionDenied,
                     u"%1 can be changed only on the daemon's own machine, by its owner"_s.arg(spec->name())};
    if (value.isNull())
        return Change{spec, std::nullopt};
    if (hasCommaInList(value))
        return Error{ErrorKind::Usage, u"%1: an entry must not have a comma in it"_s.arg(spec->name())};
    AC_TRY(applyJson(*spec, value, probe));
    return Change{spec, settingText(*spec, probe)};
}

/// All of them, and together what a daemon could start with: nothing is written before that is sure.
Result<QList<Change>> changesOf(const ApiCall &call, const Settings &present, const Paths &paths)
{
    Settings probe = present;
    const Settings defaults;
    QList<Change> changes;
    for (auto it = call.body.begin(); it != call.body.end(); ++it) {
        AC_ASSIGN(const Change change, changeOf(it.key(), it.value(), call, probe));
        if (!change.text)
            AC_TRY(applyJson(*change.spec, settingJson(*change.spec, defaults), probe));
        changes.append(change);
    }
    AC_TRY(checkListening(probe, paths));
    return changes;
}

} // namespace

void config(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    reply.json(configJson(context, call));
}

void changeConfig(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const auto changes = changesOf(call, context.steering.settings().settings, context.paths);
    if (!changes) { // it quotes what was given, which may have been pasted into the wrong field
        const Error &error = changes.error();
        reply.fail(Error{error.kind, SecretScanner().redact(error.message.toUtf8()).text()});
        return;
    }
    for (const Change &change : *changes) {
        if (const Status written = writeSetting(context.paths.configFile(), *change.spec, change.text); !written) {
            reply.fail({500, errorKindName(written.error().kind), written.error().message, {}});
            return;
        }
    }
    if (const Status reloaded = context.steering.reload(); !reloaded) {
        reply.fail(reloaded.error());
        return;
    }
    reply.json(configJson(context, call));
}

} // namespace AutoCommit::Handlers
