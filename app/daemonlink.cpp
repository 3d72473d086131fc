#include "app/daemonlink.h"

#include "core/base/pathtext.h"
#include "core/base/pluginloader.h"
#include "core/config/tokenfile.h"
#include "core/service/modelplugin.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <algorithm>
#include <csignal>

namespace AutoCommit {

using namespace Qt::StringLiterals;

namespace {

/// By the library that has Qt's network module; loading it is worth it only where there is no other way.
Result<QJsonObject> askOverTls(const HostAddress &daemon, const ApiRequest &request)
{
    AC_ASSIGN(const PluginFunction function, pluginFunction(u"models"_s, askOverTlsFunction));
    DaemonQuestion question{.daemon = daemon, .path = request.path, .timeout = request.timeout};
    if (request.method != "GET")
        question.body = QJsonDocument(request.body).toJson(QJsonDocument::Compact);
    DaemonAnswer answer;
    reinterpret_cast<AskOverTls>(function.pointer)(question, answer);
    if (answer.error)
        return *answer.error;
    return meaningOf(answer.status, answer.body);
}

} // namespace

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
    const bool local = listensAt(daemon.socket);
    if (!local && (daemon.url.isEmpty() || daemon.port <= 0))
        return Error{ErrorKind::Unreachable, u"daemon \"%1\" runs, but does not listen"_s.arg(daemon.name)};
    AC_ASSIGN(const QByteArray token, readTokenFile(daemon.tokenFile));
    if (!local && daemon.url.startsWith("https:"_L1))
        return askOverTls({.url = daemon.url, .token = token, .certificateSha256 = daemon.certificateSha256}, request);
    ApiPlace place{
        .socket = local ? daemon.socket : QString(), .port = static_cast<quint16>(daemon.port), .token = token};
    if (const bool everywhere = daemon.bind == u"0.0.0.0"_s; !daemon.bind.isEmpty() && !everywhere)
        place.address = daemon.bind;
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
