#pragma once

#include "core/api/apihistory.h"
#include "core/api/apihosts.h"
#include "core/api/apirepo.h"
#include "core/base/error.h"

namespace AutoCommit {

enum class LinkState {
    Connecting, ///< not known yet, or broken a moment ago
    Online,
    Offline,
};

/// What this machine's own agent (`commits-tray --commit-local`) knows; times are by this machine's clock.
struct LocalPicture
{
    bool present = false;
    std::optional<ApiPause> pause{}; ///< also when its time is over
    QList<ApiRepo> repos{};
    QList<ApiProblem> problems{}; ///< that stand

    bool isPaused(const QDateTime &now) const { return pause && (!pause->until.isValid() || pause->until > now); }

    /// Repositories and problems of this machine are told from the daemon's by their ids.
    static QString idOf(const QString &path) { return QStringLiteral("local:") + path; }
    static bool owns(const QString &id) { return id.startsWith(QStringLiteral("local:")); }
};

/// Everything a window knows about one daemon at one moment. While offline the rest is what was last heard.
struct DaemonPicture
{
    LinkState link = LinkState::Connecting;
    Error linkError{};
    QString address{}; ///< host and port, for people
    QString tokenTrouble{}; ///< why no token was sent; empty: one was
    bool loaded = false; ///< the rest has been heard at least once
    QDateTime lastHeard{}; ///< by this machine's clock
    qint64 skewMs = 0; ///< what to add to this machine's clock to get the daemon's
    ApiStatus status{};
    QList<ApiRepo> repos{};
    QList<ApiProblem> problems{}; ///< that stand
    QList<ApiCommit> recent{}; ///< newest first, a few
    QList<ApiHost> hosts{};
    QList<ApiParity> parity{};
    bool mayControl = true; ///< the token may pause, sync, undo, ...; true until the daemon says otherwise
    LocalPicture local{};

    QList<ApiProblem> allProblems() const { return local.problems + problems; }
    /// The daemon's repositories, then those of this machine's agent.
    qsizetype repoCount() const { return repos.size() + local.repos.size(); }
    const ApiRepo &repoAt(qsizetype row) const
    {
        return row < repos.size() ? repos.at(row) : local.repos.at(row - repos.size());
    }
    /// The daemon's "now": ages of its evidence are counted from here, whatever this machine's clock says.
    QDateTime daemonNow(const QDateTime &localNow) const { return localNow.addMSecs(skewMs); }
};

} // namespace AutoCommit
