#include "app/daemonlink.h"

#include "core/base/pathtext.h"
#include "core/config/tokenfile.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <csignal>

namespace AutoCommit {

using namespace Qt::StringLiterals;

DaemonLink::DaemonLink(const Session &session)
    : m_registry(session.paths)
{ }

Result<DaemonEntry> DaemonLink::choose(const QString &name) const
{
    AC_ASSIGN(const QList<DaemonEntry> daemons, running());
    if (daemons.isEmpty())
        return noDaemonError();
    if (name.isEmpty() && daemons.size() == 1)
        return daemons.first();
    QStringList names;
    for (const DaemonEntry &daemon : daemons) {
        if (daemon.name == name)
            return daemon;
        names += daemon.name;
    }
    if (name.isEmpty())
        return Error{ErrorKind::Usage, u"several daemons run (%1); name one, or use --all"_s.arg(names.join(u", "_s))};
    return Error{ErrorKind::Usage, u"no daemon named \"%1\" runs; there is %2"_s.arg(name, names.join(u", "_s))};
}

Result<QJsonObject> DaemonLink::ask(const DaemonEntry &daemon, const ApiRequest &request) const
{
    if (daemon.url.isEmpty() || daemon.port <= 0)
        return Error{ErrorKind::Unreachable, u"daemon \"%1\" runs, but does not listen"_s.arg(daemon.name)};
    if (daemon.url.startsWith("https:"_L1))
        return Error{
            ErrorKind::Unreachable,
            u"daemon \"%1\" speaks TLS only, which the command line cannot yet; use commits-tray, or curl with %2"_s
                .arg(daemon.name, daemon.url)};
    ApiPlace place{.port = static_cast<quint16>(daemon.port)};
    if (const bool everywhere = daemon.bind == u"0.0.0.0"_s; !daemon.bind.isEmpty() && !everywhere)
        place.address = daemon.bind;
    AC_ASSIGN(place.token, readTokenFile(daemon.tokenFile));
    return askDaemon(place, request);
}

Result<std::optional<DaemonEntry>> DaemonLink::daemonOf(const QString &repoId) const
{
    AC_ASSIGN(const QList<DaemonEntry> daemons, running());
    for (const DaemonEntry &daemon : daemons)
        if (ask(daemon, {.path = "/repos/" + repoId.toLatin1(), .body = {}}))
            return std::optional(daemon);
    return std::optional<DaemonEntry>();
}

Result<RepoLocation> checkoutAt(const QString &path, const Session &session)
{
    const QString absolute = QDir::current().absoluteFilePath(path.isEmpty() ? u"."_s : session.paths.expandHome(path));
    if (!QFileInfo::exists(absolute))
        return Error{ErrorKind::Usage, u"%1: no such directory"_s.arg(path)};
    Result<RepoLocation> location = locateRepository(absolute);
    if (!location)
        return Error{ErrorKind::Usage, location.error().message};
    return location;
}

Result<NamedRepo> namedRepo(const QString &path, const Session &session)
{
    AC_ASSIGN(const RepoLocation location, checkoutAt(path, session));
    return NamedRepo{.id = repoIdFor(QFile::encodeName(location.commonDir)), .workTree = location.workTree};
}

Error noDaemonError()
{
    return {ErrorKind::Usage, u"no daemon runs; start one with: commits start -R ~/code"_s};
}

bool signalDaemon(const DaemonEntry &daemon, int number)
{
    return processStartTime(daemon.pid) == daemon.startTime && ::kill(static_cast<pid_t>(daemon.pid), number) == 0;
}

} // namespace AutoCommit
