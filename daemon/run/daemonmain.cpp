#include "core/base/log.h"
#include "core/config/salt.h"
#include "core/pipeline/checkoutgate.h"
#include "core/service/daemonplugin.h"
#include "core/service/models.h"
#include "core/service/supervisor.h"
#include "daemon/api/apiserver.h"
#include "daemon/run/daemon.h"
#include "daemon/run/signals.h"
#include "daemon/service/messageworker.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstdlib>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace AutoCommit;

namespace {

using namespace Qt::StringLiterals;

bool isTaken(const QString &address, qint64 port)
{
    sockaddr_in wanted{};
    wanted.sin_family = AF_INET;
    wanted.sin_port = htons(static_cast<quint16>(port));
    const int probe = ::inet_pton(AF_INET, address.toLatin1().constData(), &wanted.sin_addr) == 1
        ? ::socket(AF_INET, SOCK_STREAM, 0)
        : -1;
    const int reuse = 1; // as the server does: what a daemon that just ended left behind is no hindrance
    ::setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    const bool bound = ::bind(probe, reinterpret_cast<const sockaddr *>(&wanted), sizeof wanted) == 0;
    const bool taken = probe >= 0 && !bound && errno == EADDRINUSE;
    ::close(probe);
    return taken;
}

/// The port nobody asked for by name may be somebody else's, for instance another daemon's: then any will do.
bool shouldTakeAnyPort(const RunKit &kit)
{
    return kit.loaded().origin.value(u"api_port"_s, u"default"_s) == u"default"_s
        && isTaken(kit.settings().apiBind, kit.settings().apiPort);
}

/// The entry says which port it is.
QMap<QString, QString> withoutPort(QMap<QString, QString> overrides)
{
    overrides.remove(u"api_port"_s);
    return overrides;
}

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
        AC_ASSIGN(const DaemonClaim claim, m_registry.claim(m_start.name));
        AC_ASSIGN(auto kit, RunKit::make(m_sources, m_clock, *m_processes));
        if (shouldTakeAnyPort(*kit)) {
            m_sources.overrides.insert(u"api_port"_s, u"0"_s);
            AC_ASSIGN(kit, RunKit::make(m_sources, m_clock, *m_processes));
        }
        DaemonEntry entry{.name = m_start.name,
                          .pid = ::getpid(),
                          .startTime = processStartTime(::getpid()),
                          .startedAt = wallTime(m_clock),
                          .version = QStringLiteral(AC_VERSION),
                          .paths = m_start.roots,
                          .recursive = m_start.recursive,
                          .interval = m_start.interval.count(),
                          .overrides = withoutPort(m_start.overrides),
                          .supervised = m_supervisor.isThere()};
        AC_TRY(m_registry.enter(entry));
        Daemon daemon({.name = m_start.name,
                       .roots = m_start.roots,
                       .recursive = m_start.recursive,
                       .interval = m_start.interval},
                      m_sources, kit, *m_processes, m_clock);
        kit.reset(); // the daemon's own: a reload replaces it
        const AutoCommit::Status listening = listenAndRun(daemon, entry);
        if (const auto left = m_registry.leave(entry.name, entry.pid); !left)
            qCWarning(logService) << left.error().message;
        if (!m_orderly) {
            qCWarning(logService) << "stopped while work was going on; the next start puts right what is half done";
            std::_Exit(EXIT_SUCCESS); // threads that wait for a child would hold us up
        }
        return listening;
    }

private:
    AutoCommit::Status listenAndRun(Daemon &daemon, DaemonEntry &entry)
    {
        const auto gate
            = [&] { return checkoutGate(daemon.settings().settings, {}, knownInstallationSalt(m_start.paths)); };
        const auto models = [&] {
            return makeModelSource(daemon.settings(), m_start.paths, m_start.environment, m_clock,
                                   {.requestClass = RequestClass::Interactive, .inBackground = false});
        };
        MessageWorker messages(daemon.settings().settings, gate(), models(), m_clock);
        QObject::connect(&daemon, &Daemon::reloaded, &messages,
                         [&] { messages.setParts(daemon.settings().settings, gate(), models()); });
        ApiServer api(daemon, m_start.paths, &messages, m_clock,
                      {.doctor = [&daemon](const QString &repo, std::function<void(QList<Check>)> done) {
                          daemon.examine(repo, std::move(done));
                      }});
        AC_TRY(api.listen());
        entry.port = api.port();
        entry.bind = daemon.settings().settings.apiBind;
        entry.url = api.url();
        entry.socket = api.socketFile();
        entry.certificateSha256 = api.certificateSha256();
        entry.tokenFile = api.tokenFile();
        AC_TRY(m_registry.enter(entry));
        loop(daemon, entry);
        return {};
    }

    void loop(Daemon &daemon, const DaemonEntry &entry)
    {
        ProcessSignals signalled;
        QObject::connect(&signalled, &ProcessSignals::stopAsked, &daemon, &Daemon::shutdown);
        QObject::connect(&signalled, &ProcessSignals::reloadAsked, &daemon, [&daemon] {
            if (const auto reloaded = daemon.reload(); !reloaded)
                qCWarning(logConfig) << reloaded.error().message;
        });
        QObject::connect(&daemon, &Daemon::finished, qApp, [this](bool allDone) {
            m_orderly = allDone;
            QCoreApplication::quit();
        });
        QObject::connect(&daemon, &Steering::statusChanged, qApp, [this, &daemon] {
            if (daemon.status().state == u"stopping"_s)
                m_supervisor.stopping();
        });
        QObject::connect(&daemon, &Daemon::beat, qApp, [this, &entry] { // without its entry nobody could stop it
            if (const auto kept = m_registry.keep(entry); !kept)
                qCWarning(logService) << kept.error().message;
        });
        QTimer watchdog;
        QObject::connect(&watchdog, &QTimer::timeout, qApp, [this] { m_supervisor.alive(); });
        if (m_supervisor.watchdog().count() > 0)
            watchdog.start(m_supervisor.watchdog());
        qCInfo(logService).noquote() << "daemon" << entry.name << "version" << entry.version << "watches"
                                     << entry.paths.join(u", "_s);
        daemon.start();
        m_supervisor.ready("watching " + QByteArray::number(entry.paths.size()) + " paths");
        if (m_start.onReady)
            m_start.onReady(entry);
        QCoreApplication::exec();
    }

    const DaemonStart &m_start;
    SettingSources m_sources;
    const SystemClock m_clock;
    const std::unique_ptr<ProcessRunner> m_processes;
    const DaemonRegistry m_registry;
    const Supervisor m_supervisor;
    bool m_orderly = true;
};

} // namespace

extern "C" Q_DECL_EXPORT void autoCommitRunDaemon(const DaemonStart &start, AutoCommit::Status &ended)
{
    ended = Composition(start).run();
}
