#pragma once

#include "core/config/settings.h"
#include "core/git/remoteurl.h"
#include "core/git/repoconfig.h"

#include <optional>

namespace AutoCommit {

/// Where the checked-out branch is pushed to and pulled from.
struct Upstream
{
    QString remote; ///< name of the remote
    QByteArray hubRef; ///< full name on the hub: refs/heads/main
    QByteArray trackingRef; ///< full name here: refs/remotes/origin/main
    QString url; ///< as configured
    bool rewritten = false; ///< some url.*.insteadOf may send git elsewhere than `url` says
    QString host = {}; ///< with its port; empty where the hub is a directory
    QByteArray sshCommand = {}; ///< without prompts
    QByteArray transports = {}; ///< that this remote may use, as GIT_ALLOW_PROTOCOL takes them
};

/// The upstream that the configuration names for `branch`, checked against the settings (allowed remote, transports,
/// hosts). None: the branch has no upstream and stays local. Errors say what about the configuration is not acceptable:
/// a push URL or an insteadOf that only the repository itself sets, a push remote that differs from the upstream, a
/// transport or host that is not allowed.
Result<std::optional<Upstream>> findUpstream(const RepoConfig &config, const QByteArray &branch,
                                             const Settings &settings);

/// What lets the reads of a partial clone reach its promisors, of which git asks one after the other for what is not
/// here: nothing where there are none. Refused unless each of them passes the checks of an upstream, and when the
/// repository itself names a program to reach one.
Result<QList<QByteArray>> promisorEnvironment(const RepoConfig &config, const Settings &settings);

/// What a user has to know of a core.sshCommand that the repository itself sets and that is not followed, because it
/// does more than pick a key, a port or an address family; empty where there is none.
QString ignoredSshCommand(const RepoConfig &config);

/// Why git's push.default would not send this branch to its upstream, and what to do about it, for people; empty where
/// it would. A branch made with `git checkout -b feature origin/main` follows main, but its work is not meant for main.
QString whyNotPushed(const RepoConfig &config, const QByteArray &branch, const Upstream &upstream);

} // namespace AutoCommit
