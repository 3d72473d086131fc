#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>

namespace AutoCommit {

/// A place in the log: the file (it keeps its inode when it is rotated) and the bytes of it that come before.
struct LogPosition
{
    quint64 inode = 0; ///< 0 = the beginning of everything that is there
    qint64 end = 0;

    bool operator==(const LogPosition &) const = default;
};

/// The activity log, JSON Lines: one object on a line per event, oldest first. What is in it can be read with jq, and a
/// history that broke is rebuilt from it. Never a diff, the content of a file, a secret or a token.
///
/// Appending is one write to a file opened with O_APPEND (0600), so several programs may use one log; an object of this
/// class has no state but the path and may be used from any thread. A line that was cut off by a crash or a full disk
/// is ended by the next append and passed over when reading.
///
/// Rotation: a file that would exceed 10 MB becomes `.1`, `.1` becomes `.2`, ...; ten files in all are kept, 100 MB
/// (SAFETY row 104). At about 600 bytes a commit that is more than 150 000 commits.
class ActivityLog
{
public:
    struct Limits
    {
        qint64 fileBytes = 10'000'000;
        int files = 10;
    };

    explicit ActivityLog(QString path);
    ActivityLog(QString path, Limits limits);

    QString path() const { return m_path; }

    /// All of `events` in one write. Answers where the log ends now.
    Result<LogPosition> append(const QList<QJsonObject> &events) const;

    /// The end of the newest file as it is now; inode 0 when there is none.
    LogPosition end() const;

    using EventHandler = std::function<Status(const QJsonObject &)>;

    /// Hands over every event after `from`, oldest first; a place in a file that is gone counts as the beginning.
    /// Answers where the log ended when reading began. The handler's first error ends it. No log is an empty log.
    Result<LogPosition> read(const LogPosition &from, const EventHandler &onEvent) const;

private:
    QString numbered(int number) const;
    Status rotate(qint64 incoming) const;

    QString m_path;
    Limits m_limits;
};

} // namespace AutoCommit
