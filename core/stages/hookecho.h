#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// A hook that writes into the work tree with every commit (a stamp, a counter, a formatter that disagrees with
/// another) leaves something to commit after each. That is committed once; a second time in a row it is left alone, or
/// there would be a commit with every cycle (SAFETY row 84). Told by time: what was written while the hooks of the last
/// commit ran. Kept in a file beside the journal, which is read and written under the RepoLock.
class HookEcho
{
public:
    explicit HookEcho(const RepoContext &repo);

    /// HookChangedCommit when nothing but such output is left once more.
    Status check() const;

    /// After the hooks have run.
    void ended();

private:
    bool isEcho() const;

    const RepoContext &m_repo;
    QString m_path;
    qint64 m_begin = 0; ///< of the hooks of the last commit, nanoseconds since 1970
    qint64 m_end = 0;
    int m_times = 0; ///< commits in a row that held such output alone
    qint64 m_now;
    bool m_echo;
};

} // namespace AutoCommit
