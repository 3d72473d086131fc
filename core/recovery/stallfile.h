#pragma once

#include "core/base/error.h"
#include "core/git/locate.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace AutoCommit {

/// A failure that only a change of something can end: doing the same again would fail the same way.
struct Stall
{
    QByteArray signature; ///< of the failure's kind and of the commits on both sides
    Error error;
    int times = 1; ///< in a row
    qint64 until = 0; ///< not tried before, wall clock in nanoseconds
};

/// What a recovery decided about time: leave the repository, or one of its paths, alone until then.
struct Hold
{
    QByteArray path; ///< empty: the whole repository
    qint64 until = 0;
};

/// What one repository's runs have to remember about failures, in a file beside the journal. Read and written under the
/// RepoLock. A file that cannot be read counts as none: the worst of it is one more try.
class StallFile
{
public:
    explicit StallFile(const RepoLocation &location);

    std::optional<Stall> stall() const { return m_stall; }
    /// The moments of holds that are not over.
    qint64 heldUntil(qint64 now) const;
    QList<QByteArray> deferredPaths(qint64 now) const;

    /// The same signature again doubles the time: 1 h, 2 h ... 24 h. Another one starts anew.
    Status stalled(const QByteArray &signature, const Error &error, qint64 now);
    Status hold(const QList<Hold> &holds, qint64 now);
    void clear(); ///< a run went well, or a person asked
    void clearStall();

private:
    Status save() const;

    QString m_path;
    std::optional<Stall> m_stall;
    QList<Hold> m_holds;
};

} // namespace AutoCommit
