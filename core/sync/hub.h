#pragma once

#include "core/git/journal.h"
#include "core/sync/hubconnections.h"
#include "core/sync/upstream.h"

namespace AutoCommit {

/// Talking to the hub about one branch. Each call is one connection, has a deadline that moves with progress, and
/// leaves the repository as it was when it fails. Writes a journal entry around it so that ref locks of a killed git
/// are recognised as ours.
class Hub
{
public:
    /// `connections` may be null: then nothing is shared with other runs.
    Hub(const Git &git, const Upstream &upstream, HubConnections *connections, qint64 now);

    /// Fetches the one branch into its tracking ref. HistoryRewritten when the hub's branch does not contain what it
    /// had before; UpstreamGone when the branch is not there any more.
    Status fetch() const;

    /// UpstreamGone, in words that say how to bring the branch back.
    Error gone() const;

    /// Pushes refs/heads/X, fast-forward only. What the hub answered is classified (NonFastForward, ProtectedBranch,
    /// ...).
    Status push(const QByteArray &localRef) const;

    /// Pushes `commit` to a branch of its own, `ref`, made or fast-forwarded. Where that branch has gone another way,
    /// to `ref`-<first digits of the commit>. Answers the branch's full name.
    Result<QByteArray> keep(const QByteArray &commit, const QByteArray &ref) const;

    /// Pushes one tag, which the hub must not have with another content.
    Status pushTag(const QByteArray &name) const { return pushTo("refs/tags/" + name, "refs/tags/" + name); }

    /// The commit the hub's branch is at now; empty when it has no such branch.
    Result<QByteArray> head() const;

    /// The same without a connection, where the hub is a directory of this machine and its files say so plainly.
    std::optional<QByteArray> headOnDisk() const;

private:
    Result<ProcessOutput> talk(const QStringList &arguments, bool journaled) const;
    Status clearTrackingRef() const;
    Status pushTo(const QByteArray &from, const QByteArray &hubRef) const;
    Result<ProcessOutput> connect(const QStringList &arguments) const;

    const Git &m_git;
    const Upstream &m_upstream;
    HubConnections *m_connections;
    qint64 m_now;
};

} // namespace AutoCommit
