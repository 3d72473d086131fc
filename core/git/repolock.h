#pragma once

#include "core/git/locate.h"

namespace AutoCommit {

/// At most one auto-commit changes a repository (all its linked work trees together) at a time. An flock on a file in
/// the common git directory: it ends by itself when the holder dies. Children that write hold it too
/// (GitCall::holdsLock), so whoever gets it knows that no orphan of an earlier run is still writing. Moved, not copied.
class RepoLock
{
public:
    /// LockHeld at once when somebody else has it. Creates the state directories.
    static Result<RepoLock> acquire(const RepoLocation &location);

    RepoLock() = default;
    RepoLock(RepoLock &&other) noexcept;
    RepoLock &operator=(RepoLock &&other) noexcept;
    ~RepoLock();

    int fd() const { return m_fd; }

private:
    int m_fd = -1;
};

} // namespace AutoCommit
