#include "core/base/log.h"
#include "core/service/daemonplugin.h"
#include "daemon/run/daemon.h"
#include "daemon/run/signals.h"
#include "daemon/run/supervisor.h"

#include <QCoreApplication>

#include <cstdlib>

#include <unistd.h>

using namespace AutoCommit;

namespace {

using namespace Qt::StringLiterals;

/// Everything of one running daemon, in the order it is built.
class Composition
{
public:
    explicit Composition(const DaemonStart &start)
        : m_start(start)
        , m_sources{.paths = start.paths, .environment = start.environment, .overrides = start.overrides}
        , m_processes(makeProcessRunner())
        , m_registry(start.paths)
    { }

    AutoCommit::Status run()
    {
        AC_ASSIGN(auto kit, RunKit::make(m_sources, m_clock, *m_processes));
        DaemonEntry entry{.name = m_start.name,
                          .pid = ::getpid(),
                          .startTime = processStartTime(::getpid()),
                          .startedAt = wallTime(m_clock),
                          .version = QStringLiteral(AC_VERSION),
                          .paths = m_start.roots,
                          .recursive = m_start.recursive,
                          .interval = m_start.interval.count(),
                          .supervised = m_supervisor.isThere()};
        AC_TRY(m_registry.enter(entry));
        Daemon daemon({.name = m_start.name,
                       .roots = m_start.roots,
                       .recursive = m_start.recursive,
                       .interval = m_start.interval},
                      m_sources, kit, *m_processes, m_clock);
        kit.reset(); // the daemon's own: a reload replaces it
        const bool orderly = loop(daemon, entry);
        if (const auto left = m_registry.leave(entry.name, entry.pid); !left)
            qCWarning(logService) << left.error().message;
        if (!orderly) {
            qCWarning(logService) << "stopped while work was going on; the next start puts right what is half done";
            std::_Exit(EXIT_SUCCESS); // threads that wait for a child would hold us up
        }
        return {};
    }

private:
    bool loop(Daemon &daemon, const DaemonEntry &entry)
    {
        bool orderly = true;
        ProcessSignals signalled;
        QObject::connect(&signalled, &ProcessSignals::stopAsked, &daemon, &Daemon::shutdown);
        QObject::connect(&signalled, &ProcessSignals::reloadAsked, &daemon, [&daemon] {
            if (const auto reloaded = daemon.reload(); !reloaded)
                qCWarning(logConfig) << reloaded.error().message;
        });
        QObject::connect(&daemon, &Daemon::finished, qApp, [&orderly](bool allDone) {
            orderly = allDone;
            QCoreApplication::quit();
        });
        QObject::connect(&daemon, &Steering::statusChanged, qApp, [this, &daemon] {
            if (daemon.status().state == u"stopping"_s)
                m_supervisor.stopping();
        });
        QTimer watchdog;
        QObject::connect(&watchdog, &QTimer::timeout, qApp, [this] { m_supervisor.alive(); });
        if (m_supervisor.watchdog().count() > 0)
            watchdog.start(m_supervisor.watchdog());
        daemon.start();
        m_supervisor.ready("watching " + QByteArray::number(entry.paths.size()) + " paths");
        if (m_start.onReady)
            m_start.onReady(entry);
        QCoreApplication::exec();
        return orderly;
    }

    const DaemonStart &m_start;
    const SettingSources m_sources;
    const SystemClock m_clock;
    const std::unique_ptr<ProcessRunner> m_processes;
    const DaemonRegistry m_registry;
    const Supervisor m_supervisor;
};

} // namespace

extern "C" Q_DECL_EXPORT void autoCommitRunDaemon(const DaemonStart &start, AutoCommit::Status &ended)
{
    ended = Composition(start).run();
}
