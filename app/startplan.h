#pragma once

#include "app/commandline.h"
#include "app/session.h"
#include "core/service/daemonregistry.h"

#include <QJsonObject>

#include <chrono>

namespace AutoCommit {

/// What a `commits start` line means here.
struct StartPlan
{
    QString name;
    QStringList roots; ///< absolute, with no links in them
    bool recursive = false;
    std::chrono::seconds interval{0};
    int port = -1;
    QString remote = {}; ///< URL of the daemon whose agent this is to be; empty: a daemon of its own
    QMap<QString, QString> overrides = {}; ///< of the start that is repeated; this command's own come on top

    QMap<QString, QString> settings(const Session &session) const; ///< of the command line: `overrides` and this one's
    /// The command line that does the same from any directory.
    QStringList arguments(const QMap<QString, QString> &settings) const;
};

Result<StartPlan> planStart(const StartCommand &command, const Session &session);
StartPlan planLike(const DaemonEntry &daemon);

/// Starts it in the background, prints nothing, and answers what it is: name, pid, port, url, remote.
Result<QJsonObject> launch(const StartPlan &plan, const Session &session);

/// `commits start --all`: the daemons of the list `autostart`.
int startAll(bool json, Session &session);

QJsonObject factsOf(const DaemonEntry &daemon);
QString startedText(const QJsonObject &facts);

} // namespace AutoCommit
