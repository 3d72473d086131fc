#include "core/config/settingsloader.h"

#include "core/base/cleantext.h"
#include "core/config/configfile.h"
#include "core/config/paths.h"

#include <QJsonObject>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Keys of the file that are not settings.
const QStringList structuralKeys{u"autostart"_s, u"daemons"_s, u"directory_overrides"_s, u"$schema"_s, u"version"_s};

Error atPlace(const QString &place, Error error)
{
    error.message = place + u": "_s + error.message;
    return error;
}

QString unknownKey(const QString &place, const QString &key)
{
    const QString near = nearestSetting(key);
    return u"%1: nobody knows the key \"%2\"%3"_s.arg(
        place, key, near.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(near));
}

QString unknownInGit(const QString &key, const QString &name)
{
    const SettingSpec *near = findSetting(nearestSetting(name));
    return u"git config %1: nobody knows this key%2"_s.arg(
        cleanLine(key.toUtf8(), 80), near ? u"; did you mean %1?"_s.arg(near->gitConfigName()) : u"; ignored"_s);
}

Result<DirectoryOverride> readOverride(const ConfigFile &config, const QString &prefix, const QJsonValue &value,
                                       const Paths &paths)
{
    DirectoryOverride result{.prefix = paths.expandHome(prefix), .values = {}};
    while (result.prefix.size() > 1 && result.prefix.endsWith(u'/'))
        result.prefix.chop(1);
    if (!result.prefix.startsWith(u'/'))
        return Error{ErrorKind::Config,
                     u"%1: directory_overrides: \"%2\" is not an absolute path"_s.arg(config.atKey(prefix), prefix)};
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const SettingSpec *spec = findSetting(it.key());
        if (!spec)
            return Error{ErrorKind::Config, unknownKey(config.atKey(it.key()), it.key())};
        if (spec->scope == SettingScope::Machine)
            return Error{ErrorKind::Config,
                         u"%1: %2 holds for the whole machine and cannot be set for a directory"_s.arg(
                             config.atKey(it.key()), it.key())};
        Settings probe;
        if (Status applied = applyJson(*spec, it.value(), probe); !applied)
            return atPlace(config.atKey(it.key()), applied.error());
        result.values.insert(it.key(), it.value());
    }
    return result;
}

Status applyFile(const ConfigFile &config, const Paths &paths, LoadedSettings &loaded)
{
    const QJsonObject &object = config.object;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (const SettingSpec *spec = findSetting(it.key())) {
            if (Status applied = applyJson(*spec, it.value(), loaded.settings); !applied)
                return atPlace(config.atKey(it.key()), applied.error());
            loaded.origin.insert(it.key(), config.file);
        } else if (!structuralKeys.contains(it.key())) {
            loaded.warnings += unknownKey(config.atKey(it.key()), it.key());
        }
    }
    const QJsonObject overrides = object.value(u"directory_overrides"_s).toObject();
    for (auto it = overrides.begin(); it != overrides.end(); ++it) {
        AC_ASSIGN(DirectoryOverride directory, readOverride(config, it.key(), it.value(), paths));
        loaded.overrides.append(std::move(directory));
    }
    AC_ASSIGN(loaded.autostart, readAutostart(config, paths));
    std::ranges::sort(loaded.overrides, {}, [](const DirectoryOverride &o) { return o.prefix.size(); });
    return {};
}

bool isBelow(const QString &path, const QString &prefix)
{
    return path == prefix || prefix == u"/"_s || path.startsWith(prefix + u'/');
}

} // namespace

Result<Settings> LoadedSettings::forCheckout(const QString &path, const QMap<QString, QString> &gitConfig,
                                             QStringList *passedOver) const
{
    Settings result = settings;
    for (const DirectoryOverride &directory : overrides) { // shortest prefix first
        if (!isBelow(path, directory.prefix))
            continue;
        for (auto it = directory.values.begin(); it != directory.values.end(); ++it)
            if (!settled.contains(it.key()))
                AC_TRY(applyJson(*findSetting(it.key()), it.value(), result));
    }
    for (auto it = gitConfig.begin(); it != gitConfig.end(); ++it) {
        const QString name = it.key().sliced(it.key().indexOf(u'.') + 1).replace(u'-', u'_');
        const SettingSpec *spec = findSetting(name);
        if (!spec || spec->scope != SettingScope::Repository) {
            if (passedOver)
                passedOver->append(spec ? u"git config %1: not for a repository to set; ignored"_s.arg(it.key())
                                        : unknownInGit(it.key(), name));
            continue;
        }
        if (settled.contains(spec->name()))
            continue;
        if (Status applied = applyText(*spec, it.value(), result); !applied)
            return atPlace(u"git config "_s + it.key(), applied.error());
    }
    return result;
}

Result<LoadedSettings> loadSettings(const QString &configFile, const QProcessEnvironment &environment,
                                    const QMap<QString, QString> &arguments)
{
    LoadedSettings loaded;
    AC_ASSIGN(const ConfigFile config, readConfigFile(configFile));
    AC_TRY(applyFile(config, Paths(environment), loaded));
    for (auto it = arguments.begin(); it != arguments.end(); ++it)
        if (!findSetting(it.key()))
            return Error{ErrorKind::Usage, unknownKey(u"command line"_s, it.key())};
    for (const SettingSpec &spec : settingSpecs()) {
        const QString variable = spec.environmentName();
        if (environment.contains(variable)) {
            if (Status applied = applyText(spec, environment.value(variable), loaded.settings); !applied)
                return atPlace(u"environment variable "_s + variable, applied.error());
            loaded.origin.insert(spec.name(), variable);
            loaded.settled.insert(spec.name());
        }
        if (const auto it = arguments.find(spec.name()); it != arguments.end()) {
            if (Status applied = applyText(spec, *it, loaded.settings); !applied)
                return atPlace(u"command line"_s, applied.error());
            loaded.origin.insert(spec.name(), u"command line"_s);
            loaded.settled.insert(spec.name());
        }
    }
    return loaded;
}

Result<LoadedSettings> loadSettingsOrDefaults(const QString &configFile, const QProcessEnvironment &environment,
                                              const QMap<QString, QString> &arguments)
{
    Result<LoadedSettings> whole = loadSettings(configFile, environment, arguments);
    if (whole || whole.error().kind != ErrorKind::Config)
        return whole;
    AC_ASSIGN(LoadedSettings defaults, loadSettings({}, environment, arguments));
    defaults.fault = whole.error().message;
    return defaults;
}

Status writeSetting(const QString &configFile, const SettingSpec &spec, const std::optional<QString> &text)
{
    AC_ASSIGN(ConfigFile config, readConfigFile(configFile));
    if (text) {
        Settings probe;
        AC_TRY(applyText(spec, *text, probe));
        config.object.insert(spec.name(), settingJson(spec, probe));
    } else {
        config.object.remove(spec.name());
    }
    return writeConfigFile(configFile, config.object);
}

} // namespace AutoCommit
