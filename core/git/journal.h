#pragma once

#include "core/git/locate.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace AutoCommit {

/// What was about to be done when the process may have died. One row per work tree, in a file beside the private index,
/// written and synced before the act, removed after it. Read and written under the RepoLock only.
struct JournalEntry
{
    enum class Act {
        Land, ///< move the branch from `from` to `to` and install the prepared index
        MoveTree, ///< bring the work tree from commit `from` to commit `to`
        Network, ///< fetch or push: may leave ref locks behind
    };

    Act act = Act::Land;
    QByteArray ref; ///< full name of the branch
    QByteArray from; ///< commits in hex; empty when the branch did not exist
    QByteArray to;
    qint64 startedAt = 0; ///< wall clock, nanoseconds since 1970
    bool begun = false; ///< of MoveTree: seen to have died while files were being written
};

class Journal
{
public:
    explicit Journal(const RepoLocation &location);

    /// The open entry, if a run died in the middle. A half-written file cannot be (rename), an unreadable one counts as
    /// none.
    std::optional<JournalEntry> read() const;
    Status write(const JournalEntry &entry) const;
    void clear() const;

private:
    QString m_path;
};

} // namespace AutoCommit
