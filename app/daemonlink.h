#pragma once

#include "app/session.h"
#include "core/api/apirequest.h"
#include "core/git/locate.h"
#include "core/service/daemonregistry.h"

namespace AutoCommit {

/// The running daemons as the commands reach them.
class DaemonLink
{
public:
    explicit DaemonLink(const Session &session);

    Result<QList<DaemonEntry>> running() const { return m_registry.running(); }
    /// The one of that name, or (empty) the only one. Usage, with what to type, when that is not possible.
    Result<DaemonEntry> choose(const QString &name) const;
    Result<QJsonObject> ask(const DaemonEntry &daemon, const ApiRequest &request) const;
    /// The daemon that looks after the repository; none when no daemon does.
    Result<std::optional<DaemonEntry>> daemonOf(const QString &repoId) const;

    const DaemonRegistry &registry() const { return m_registry; }

private:
    const DaemonRegistry m_registry;
};

/// Where the checkout is that the user named by a path in it (empty: here). Usage: there is none.
Result<RepoLocation> checkoutAt(const QString &path, const Session &session);

struct NamedRepo
{
    QString id;
    QString workTree;
};

/// The repository that a path (empty: here) is in.
Result<NamedRepo> namedRepo(const QString &path, const Session &session);

/// What is said where a command needs a daemon.
Error noDaemonError();

/// Without the API the process can still be spoken to. False: it is gone already.
bool signalDaemon(const DaemonEntry &daemon, int number);

} // namespace AutoCommit
