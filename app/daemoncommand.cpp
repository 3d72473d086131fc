#include "app/commands.h"
#include "app/daemonlink.h"
#include "app/service.h"
#include "app/startplan.h"
#include "core/config/listening.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <csignal>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto stopPatience = 15s; // a daemon gives its work 10 s
constexpr auto lookAgain = 20ms;

/// Asks it to end and waits until its process is gone.
Status stopDaemon(const DaemonEntry &daemon, const Clock &clock)
{
    const auto until = clock.monotonic() + stopPatience;
    if (!signalDaemon(daemon, SIGTERM))
        return {};
    while (processStartTime(daemon.pid) == daemon.startTime) {
        if (clock.monotonic() > until)
            return Error{ErrorKind::Timeout,
                         u"daemon \"%1\" (process %2) does not end"_s.arg(daemon.name).arg(daemon.pid)};
        clock.sleepFor(lookAgain);
    }
    return {};
}

Status reloadDaemon(const DaemonEntry &daemon, const DaemonLink &link)
{
    if (!daemon.url.isEmpty()) {
        AC_TRY(link.ask(daemon, {.method = "POST", .path = "/reload", .body = {}}));
        return {};
    }
    return signalDaemon(daemon, SIGHUP) ? Status() : Status(noDaemonError());
}

/// What would keep it from coming up again is better known while the old one still runs.
Status checkStart(const StartPlan &plan, const Session &session)
{
    AC_ASSIGN(const LoadedSettings loaded,
              loadSettings(session.paths.configFile(), session.environment, plan.settings(session)));
    AC_TRY(session.findGit());
    return plan.remote.isEmpty() ? checkListening(loaded.settings, session.paths) : Status();
}

Status restartDaemon(const DaemonEntry &daemon, bool json, const Session &session)
{
    if (daemon.supervised)
        return Error{ErrorKind::Usage,
                     u"daemon \"%1\" is kept by the system; use: systemctl --user restart %2"_s.arg(
                         daemon.name, serviceName(daemon.name))};
    const StartPlan plan = planLike(daemon);
    AC_TRY(checkStart(plan, session));
    AC_TRY(stopDaemon(daemon, session.clock));
    const Result<QJsonObject> facts = launch(plan, session);
    if (!facts)
        return Error{facts.error().kind,
                     u"daemon \"%1\" was stopped, but not started again: %2"_s.arg(daemon.name, facts.error().message)};
    if (!json)
        session.terminal.outLine(startedText(*facts));
    return {};
}

struct Verb
{
    const DaemonCommand &command;
    const DaemonLink &link;
    Session &session;

    Status operator()(const DaemonEntry &daemon) const
    {
        switch (command.what) {
        case DaemonCommand::What::Stop:
            return stopDaemon(daemon, session.clock);
        case DaemonCommand::What::Restart:
            return restartDaemon(daemon, command.json, session);
        case DaemonCommand::What::Reload:
            break;
        }
        return reloadDaemon(daemon, link);
    }

    QString done(const DaemonEntry &daemon) const
    {
        const bool stopped = command.what == DaemonCommand::What::Stop;
        return (stopped ? u"daemon \"%1\" has stopped"_s : u"daemon \"%1\" has read its settings again"_s)
            .arg(daemon.name);
    }
};

Result<QList<DaemonEntry>> chosen(const DaemonCommand &command, const DaemonLink &link)
{
    if (!command.all) {
        AC_ASSIGN(const DaemonEntry one, link.choose(command.name));
        return QList<DaemonEntry>{one};
    }
    AC_ASSIGN(const QList<DaemonEntry> all, link.running());
    return all.isEmpty() ? Result<QList<DaemonEntry>>(noDaemonError()) : all;
}

} // namespace

int runDaemonCommand(const DaemonCommand &command, Session &session)
{
    const DaemonLink link(session);
    const Result<QList<DaemonEntry>> daemons = chosen(command, link);
    if (!daemons)
        return reportError(session.terminal, daemons.error());
    const Verb verb{.command = command, .link = link, .session = session};
    QJsonArray done;
    int exitCode = ExitDone;
    for (const DaemonEntry &daemon : *daemons) {
        const Status status = verb(daemon);
        if (!status)
            exitCode = reportError(session.terminal, status.error());
        else if (command.json)
            done += daemon.name;
        else if (command.what != DaemonCommand::What::Restart)
            session.terminal.outLine(verb.done(daemon));
    }
    if (command.json)
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"daemons"_s, done}}).toJson()));
    return exitCode;
}

} // namespace AutoCommit
