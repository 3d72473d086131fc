#pragma once

#include "core/config/configfile.h"
#include "core/config/paths.h"

#include <QStringList>

#include <chrono>

namespace AutoCommit {

/// A daemon of the list `autostart` in the configuration file, which `commits start --all` starts:
/// {"name": "work", "paths": ["~/work"], "recursive": true, "interval": "5m", "port": 8201}.
struct AutostartEntry
{
    QString name; ///< one entry of each
    QStringList paths; ///< absolute
    bool recursive = false;
    std::chrono::seconds interval{0}; ///< 0: the setting
    int port = -1; ///< -1: the setting

    bool operator==(const AutostartEntry &) const = default;
};

/// Error: Config, with place, entry and what is allowed.
Result<QList<AutostartEntry>> readAutostart(const ConfigFile &config, const Paths &paths);

/// Adds it to the list, or puts it in the place of the one with its name; everything else in the file stays.
Status saveAutostart(const QString &configFile, const AutostartEntry &entry);

} // namespace AutoCommit
