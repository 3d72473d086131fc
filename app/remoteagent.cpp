#include "app/remoteagent.h"

#include "core/agent/machineagent.h"
#include "core/service/supervisor.h"

#include <QCoreApplication>
#include <QTimer>

#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Says on stderr what a person who looks on would want to know, and each thing once.
AgentEvents spokenTo(const Terminal &terminal)
{
    return {.stage = {},
            .report =
                [&terminal](const RunReport &report) {
                    if (!report.commits.isEmpty() || report.needsUser())
                        terminal.errLine(
                            u"%1: %2%3"_s.arg(report.path, runStateName(report.state),
                                              report.reason.isEmpty() ? QString() : u", "_s + report.reason));
                },
            .status =
                [&terminal, last = QString()](const AgentStatus &status) mutable {
                    if (status.line != last)
                        terminal.errLine(last = status.line);
                },
            .waiting = [&terminal](const QString &host) { terminal.errLine(u"waiting for %1"_s.arg(host)); }};
}

} // namespace

Status runRemoteAgent(const StartPlan &plan, Session &session, const std::function<void(const DaemonEntry &)> &onReady)
{
    const Supervisor supervisor;
    const DaemonRegistry registry(session.paths);
    AC_ASSIGN(const DaemonClaim claim, registry.claim(plan.name));
    AC_ASSIGN(const GitTools tools, session.findGit());
    const std::chrono::seconds interval
        = plan.interval.count() > 0 ? plan.interval : session.loaded.settings.cycleInterval;
    AC_ASSIGN(
        const auto agent,
        MachineAgent::make({.url = plan.remote, .roots = plan.roots, .recursive = plan.recursive, .interval = interval},
                           session.loaded, session.paths, tools, session.clock, spokenTo(session.terminal)));
    const DaemonEntry entry{.name = plan.name,
                            .pid = ::getpid(),
                            .startTime = processStartTime(::getpid()),
                            .startedAt = wallTime(session.clock),
                            .version = QStringLiteral(AC_VERSION),
                            .paths = plan.roots,
                            .recursive = plan.recursive,
                            .interval = interval.count(),
                            .remote = plan.remote,
                            .overrides = session.overrides,
                            .supervised = supervisor.isThere()};
    AC_TRY(registry.enter(entry));
    agent->start();
    supervisor.ready("agent of " + plan.remote.toUtf8());
    onReady(entry);
    auto told = session.clock.monotonic();
    auto looked = told;
    QTimer beat; // a signal cannot end an event loop: it is looked for
    beat.callOnTimeout([&] {
        if (session.cancel.isCancelled())
            return QCoreApplication::quit();
        const auto now = session.clock.monotonic();
        if (supervisor.watchdog().count() > 0 && now - told >= supervisor.watchdog()) {
            supervisor.alive();
            told = now;
        }
        if (now - looked >= 10s) {
            looked = now;
            if (const Status kept = registry.keep(entry); !kept)
                qCWarning(logService) << kept.error().message;
        }
    });
    beat.start(100ms);
    QCoreApplication::exec();
    supervisor.stopping();
    agent->stop();
    return registry.leave(entry.name, entry.pid);
}

} // namespace AutoCommit
