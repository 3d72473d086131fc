#pragma once

#include "core/sync/movedpath.h"

#include <QHash>
#include <QSet>

namespace AutoCommit {

/// Tells, after a tree move was interrupted, whose doing the content of a moved path is (SAFETY section 3).
class MoveJudge
{
public:
    enum class Content {
        Goal, ///< what the goal has
        Ours, ///< what the interrupted move left: the other end, missing, empty, the beginning of either end
        Users, ///< anything else
    };

    MoveJudge(const Git &git, const QList<MovedPath> &moved, bool goalIsTo);

    /// Hashes what is there, all paths in one process. First.
    Status readTree();

    Result<Content> judge(const MovedPath &entry) const;

    /// Whether it is what writing the goal makes: where a filter does not lead back, that is not what would be stored.
    Result<bool> isAtGoal(const MovedPath &entry) const;

private:
    Result<Content> judgeFile(const MovedPath &entry, const FileStamp &there) const;
    Result<QByteArray> hashAlone(const QByteArray &path, const FileStamp &there) const;
    Result<bool> isBeginningOf(const QByteArray &path, quint32 mode, const QByteArray &blob) const;
    Result<QByteArray> filtered(const QByteArray &path, const QByteArray &blob) const;

    const Git &m_git;
    QList<MovedPath> m_moved;
    QSet<QByteArray> m_names;
    QHash<QByteArray, QByteArray> m_blobs; ///< as git would store what is there, through the filters
    bool m_goalIsTo;
};

} // namespace AutoCommit
