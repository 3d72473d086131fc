#include "core/config/autostart.h"

#include "core/config/settingspecs.h"

#include <QJsonArray>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

const auto listKey = "autostart"_L1;

Error refused(const QString &what)
{
    return {ErrorKind::Config, what};
}

Result<QStringList> readPaths(const QJsonValue &value, const Paths &paths)
{
    QStringList result;
    for (const auto &item : value.toArray()) {
        const QString path = paths.expandHome(item.toString());
        if (!path.startsWith(u'/'))
            return refused(u"\"%1\" is not an absolute path"_s.arg(item.toString()));
        result += path;
    }
    if (result.isEmpty())
        return refused(u"paths must be a list of one path at least"_s);
    return result;
}

/// Number or text, within the range of the setting that it stands in for.
Result<Settings> readSetting(const QString &key, const QJsonValue &value)
{
    Settings probe;
    AC_TRY(applyJson(*findSetting(key), value, probe));
    return probe;
}

Result<AutostartEntry> readEntry(const QJsonObject &object, const Paths &paths)
{
    static const QStringList keys{u"name"_s, u"paths"_s, u"recursive"_s, u"interval"_s, u"port"_s};
    for (const QString &key : object.keys())
        if (!keys.contains(key))
            return refused(u"nobody knows the key \"%1\"; there are %2"_s.arg(key, keys.join(u", "_s)));
    AutostartEntry entry{.name = object.value(u"name"_s).toString(), .paths = {}};
    if (entry.name.isEmpty())
        return refused(u"name must be a text"_s);
    AC_ASSIGN(entry.paths, readPaths(object.value(u"paths"_s), paths));
    if (const QJsonValue recursive = object.value(u"recursive"_s); !recursive.isUndefined() && !recursive.isBool())
        return refused(u"recursive must be true or false"_s);
    entry.recursive = object.value(u"recursive"_s).toBool();
    if (const QJsonValue interval = object.value(u"interval"_s); !interval.isUndefined()) {
        AC_ASSIGN(const Settings probe, readSetting(u"cycle_interval_seconds"_s, interval));
        entry.interval = probe.cycleInterval;
    }
    if (const QJsonValue port = object.value(u"port"_s); !port.isUndefined()) {
        AC_ASSIGN(const Settings probe, readSetting(u"api_port"_s, port));
        entry.port = static_cast<int>(probe.apiPort);
    }
    return entry;
}

QJsonObject toJson(const AutostartEntry &entry)
{
    QJsonObject object{{u"name"_s, entry.name},
                       {u"paths"_s, QJsonArray::fromStringList(entry.paths)},
                       {u"recursive"_s, entry.recursive}};
    if (entry.interval.count() > 0)
        object.insert(u"interval"_s, static_cast<qint64>(entry.interval.count()));
    if (entry.port >= 0)
        object.insert(u"port"_s, entry.port);
    return object;
}

} // namespace

Result<QList<AutostartEntry>> readAutostart(const ConfigFile &config, const Paths &paths)
{
    QList<AutostartEntry> entries;
    const QJsonValue list = config.object.value(listKey);
    const QString place = config.atKey(listKey) + u": autostart: "_s;
    if (!list.isUndefined() && !list.isArray())
        return refused(place + u"expected a list of { \"name\": ..., \"paths\": [...] }"_s);
    for (const auto &item : list.toArray()) {
        const Result<AutostartEntry> entry = readEntry(item.toObject(), paths);
        const QString which = place + u"entry %1: "_s.arg(entries.size() + 1);
        if (!entry)
            return refused(which + entry.error().message);
        if (std::ranges::find(entries, entry->name, &AutostartEntry::name) != entries.end())
            return refused(which + u"there is another one with the name \"%1\""_s.arg(entry->name));
        entries += *entry;
    }
    return entries;
}

Status saveAutostart(const QString &configFile, const AutostartEntry &entry)
{
    AC_ASSIGN(ConfigFile config, readConfigFile(configFile));
    QJsonArray list = config.object.value(listKey).toArray();
    const auto same = std::find_if(list.begin(), list.end(), [&](const QJsonValue &item) {
        return item.toObject().value(u"name"_s).toString() == entry.name;
    });
    if (same != list.end())
        *same = toJson(entry);
    else
        list += toJson(entry);
    config.object.insert(listKey, list);
    return writeConfigFile(configFile, config.object);
}

} // namespace AutoCommit
