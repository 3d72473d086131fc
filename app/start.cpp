#include "app/commands.h"
#include "app/detach.h"
#include "app/format.h"
#include "app/remoteagent.h"
#include "app/startplan.h"
#include "core/base/pluginloader.h"
#include "core/service/daemonplugin.h"

#include <QDir>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Result<QString> rootOf(const QString &path, bool recursive, const Session &session)
{
    const QFileInfo info(QDir::current().absoluteFilePath(session.paths.expandHome(path)));
    if (!info.isDir())
        return Error{ErrorKind::Usage, u"%1: no such directory"_s.arg(path)};
    if (recursive)
        return info.canonicalFilePath();
    const Result<RepoLocation> location = locateRepository(info.filePath());
    if (!location)
        return Error{location.error().kind, location.error().message + u"; with -R it takes every checkout below"_s};
    return location->workTree;
}

Status save(const StartPlan &plan, const Session &session)
{
    return saveAutostart(session.paths.configFile(),
                         {.name = plan.name,
                          .paths = plan.roots,
                          .recursive = plan.recursive,
                          .interval = plan.interval,
                          .port = plan.port});
}

Status runHere(const StartPlan &plan, bool saves, Session &session)
{
    QMap<QString, QString> overrides = session.overrides;
    if (plan.port >= 0)
        overrides.insert(u"api_port"_s, QString::number(plan.port));
    const auto onReady = [&](const DaemonEntry &daemon) {
        session.terminal.errLine(startedText(factsOf(daemon)));
        if (const Status saved = saves ? save(plan, session) : Status(); !saved)
            reportError(session.terminal, saved.error());
        reportReady(factsOf(daemon));
    };
    if (!plan.remote.isEmpty())
        return runRemoteAgent(plan, session, onReady);
    AC_ASSIGN(const PluginFunction run, pluginFunction(u"daemon"_s, runDaemonFunction));
    Status ended;
    reinterpret_cast<RunDaemon>(run.pointer)({.name = plan.name,
                                              .roots = plan.roots,
                                              .recursive = plan.recursive,
                                              .interval = plan.interval,
                                              .paths = session.paths,
                                              .environment = session.environment,
                                              .overrides = overrides,
                                              .onReady = onReady},
                                             ended);
    return ended;
}

} // namespace

QJsonObject factsOf(const DaemonEntry &daemon)
{
    return {{u"name"_s, daemon.name},
            {u"pid"_s, daemon.pid},
            {u"port"_s, daemon.port},
            {u"url"_s, daemon.url},
            {u"remote"_s, daemon.remote}};
}

QString startedText(const QJsonObject &facts)
{
    const QString url = facts[u"url"_s].toString();
    if (const QString remote = facts[u"remote"_s].toString(); !remote.isEmpty())
        return u"agent \"%1\" runs (process %2) for %3"_s.arg(facts[u"name"_s].toString())
            .arg(facts[u"pid"_s].toInteger())
            .arg(remote);
    return u"daemon \"%1\" runs (process %2)%3"_s.arg(facts[u"name"_s].toString())
        .arg(facts[u"pid"_s].toInteger())
        .arg(url.isEmpty() ? QString() : u", listening on %1"_s.arg(url));
}

QStringList StartPlan::arguments(const QMap<QString, QString> &settings) const
{
    QStringList list{u"start"_s, u"--foreground"_s, u"--name"_s, name};
    if (recursive)
        list += u"-R"_s;
    if (port >= 0)
        list += {u"--port"_s, QString::number(port)};
    if (!remote.isEmpty())
        list += {u"--remote"_s, remote};
    for (auto setting = settings.cbegin(); setting != settings.cend(); ++setting)
        list += u"--set=%1=%2"_s.arg(setting.key(), setting.value());
    if (interval.count() > 0)
        list += u"%1s"_s.arg(interval.count());
    return list + roots;
}

Result<StartPlan> planStart(const StartCommand &command, const Session &session)
{
    StartPlan plan{.name = command.name.isEmpty() ? u"default"_s : command.name,
                   .recursive = command.recursive,
                   .port = command.port,
                   .remote = command.remote};
    if (!plan.remote.isEmpty() && plan.port >= 0)
        return Error{ErrorKind::Usage, u"an agent (--remote) does not listen, so --port has no meaning"_s};
    if (!isDaemonName(plan.name))
        return Error{ErrorKind::Usage,
                     u"\"%1\" is no name for a daemon; use letters, digits, - and _"_s.arg(plan.name)};
    QStringList paths = command.words;
    if (const auto interval = paths.isEmpty() ? std::nullopt : parseSpan(paths.first());
        interval && !QFileInfo(QDir::current().absoluteFilePath(paths.first())).isDir()) {
        if (interval->count() < 10 || interval->count() > 86400)
            return Error{ErrorKind::Usage, u"the interval may be 10s to 1d, not \"%1\""_s.arg(paths.first())};
        plan.interval = *interval;
        paths.removeFirst();
    }
    if (paths.isEmpty())
        paths += u"."_s;
    for (const QString &path : std::as_const(paths)) {
        AC_ASSIGN(const QString root, rootOf(path, command.recursive, session));
        if (!plan.roots.contains(root))
            plan.roots += root;
    }
    return plan;
}

QMap<QString, QString> StartPlan::settings(const Session &session) const
{
    QMap<QString, QString> all = overrides;
    all.insert(session.overrides);
    return all;
}

StartPlan planLike(const DaemonEntry &daemon)
{
    return {.name = daemon.name,
            .roots = daemon.paths,
            .recursive = daemon.recursive,
            .interval = std::chrono::seconds(daemon.interval),
            .port = daemon.port > 0 ? daemon.port : -1,
            .remote = daemon.remote,
            .overrides = daemon.overrides};
}

Result<QJsonObject> launch(const StartPlan &plan, const Session &session)
{
    if (!makePrivateDir(session.paths.cacheDir()))
        return Error{ErrorKind::PermissionDenied, u"%1: cannot be created"_s.arg(session.paths.cacheDir())};
    const QString output = session.paths.cacheDir() + u"/daemon-%1.out"_s.arg(plan.name);
    return startDetached(plan.arguments(plan.settings(session)), output);
}

namespace {

int startInBackground(const StartPlan &plan, bool json, const Session &session)
{
    const Result<QJsonObject> facts = launch(plan, session);
    if (!facts)
        return reportError(session.terminal, facts.error());
    if (json)
        session.terminal.out(QString::fromUtf8(QJsonDocument(*facts).toJson()));
    else
        session.terminal.outLine(startedText(*facts));
    return ExitDone;
}

} // namespace

int runStart(const StartCommand &command, Session &session)
{
    if (command.all)
        return startAll(command.json, session);
    const Result<StartPlan> plan = planStart(command, session);
    if (plan && !command.foreground) {
        const auto same = DaemonRegistry(session.paths).find(plan->name);
        if (same && *same)
            return reportError(
                session.terminal,
                {ErrorKind::Usage,
                 u"daemon \"%1\" runs already (process %2); use `commits restart`, or another --name"_s.arg(plan->name)
                     .arg((*same)->pid)});
        const int exitCode = startInBackground(*plan, command.json, session);
        const Status saved = command.save && exitCode == ExitDone ? save(*plan, session) : Status();
        return saved ? exitCode : reportError(session.terminal, saved.error());
    }
    const Status ended = plan ? runHere(*plan, command.save, session) : Status(plan.error());
    if (ended)
        return ExitDone;
    reportFailure(ended.error());
    return reportError(session.terminal, ended.error());
}

} // namespace AutoCommit
