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

/// Everything a window knows about one daemon at one moment. While offline the rest is what was last heard.
struct DaemonPicture
{
    LinkState link = LinkState::Connecting;
    Error linkError{};
    QString address{}; ///< host and port, for people
    bool loaded = false; ///< the rest has been heard at least once
    QDateTime lastHeard{}; ///< by this machine's clock
    qint64 skewMs = 0; ///< what to add to this machine's clock to get the daemon's
    ApiStatus status{};
    QList<ApiRepo> repos{};
    QList<ApiProblem> problems{}; ///< that stand
    QList<ApiCommit> recent{}; ///< newest first, a few
    QList<ApiHost> hosts{};
    QList<ApiParity> parity{};

    /// The daemon's "now": ages of its evidence are counted from here, whatever this machine's clock says.
    QDateTime daemonNow(const QDateTime &localNow) const { return localNow.addMSecs(skewMs); }
};

} // namespace AutoCommit
