#pragma once

#include "core/config/paths.h"
#include "core/service/daemonregistry.h"

#include <QMap>
#include <QProcessEnvironment>

#include <chrono>
#include <functional>

namespace AutoCommit {

/// What `commits start` wants run.
struct DaemonStart
{
    QString name;
    QStringList roots; ///< absolute
    bool recursive = false;
    std::chrono::seconds interval{0}; ///< 0: the setting
    Paths paths;
    QProcessEnvironment environment;
    QMap<QString, QString> overrides; ///< settings of the command line
    std::function<void(const DaemonEntry &)> onReady; ///< called once, when it runs
};

/// The entry of the library that holds the daemon: runs it in this process, with the caller's QCoreApplication, until
/// it is told to stop. A library of its own because of Qt's network module, see modelplugin.h.
using RunDaemon = void (*)(const DaemonStart &start, Status &ended);
constexpr auto runDaemonFunction = "autoCommitRunDaemon";

} // namespace AutoCommit
