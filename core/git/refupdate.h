#pragma once

#include "core/git/git.h"

namespace AutoCommit {

/// A branch that is about to be moved by compare-and-swap, in two halves: from prepare() on it is locked and known to
/// be at `from`, so that nobody else moves it while files are brought in line; commit() moves it. Given back unmoved
/// when it ends without commit(). A kill leaves the branch's lock.
class RefUpdate
{
public:
    struct Move
    {
        QByteArray ref; ///< full name
        QByteArray from; ///< empty when it must not exist yet
        QByteArray to;
        QString reflogMessage;
        qsizetype nameLength = 40;
    };

    /// HeadMoved when the branch is elsewhere, LockHeld when somebody else is moving it.
    static Result<RefUpdate> prepare(const Git &git, const Move &move);

    Status commit();
    /// Waits for git's end; only after commit().
    Status finish();

private:
    std::unique_ptr<ProcessSession> m_session;
};

/// The branch that HEAD stands for, "refs/heads/main"; empty when it is detached. Read from the file, which git
/// replaces by rename only.
QByteArray symbolicHead(const RepoLocation &location);

} // namespace AutoCommit
