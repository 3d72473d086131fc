#pragma once

#include <QtGlobal>

namespace AutoCommit {

/// Ends the whole process group of a child should this program be killed while the child runs: the signal that Linux
/// sends then (PR_SET_PDEATHSIG) reaches the child alone, and git does not hand it on to the hook that it runs
/// (measured with git 2.39.5). A process of its own waits in the group until this object is gone. Linux only; elsewhere
/// it does nothing.
class Guardian
{
public:
    explicit Guardian(bool isWanted);
    ~Guardian(); ///< the child has ended, and what it left running on purpose goes on
    Q_DISABLE_COPY_MOVE(Guardian)

    int pipeEnd() const { return m_ends[0]; }
    /// In the child, behind setsid() and before exec: async-signal-safe calls only.
    static void leaveInGroup(int pipeEnd);

private:
    int m_ends[2] = {-1, -1};
};

} // namespace AutoCommit
