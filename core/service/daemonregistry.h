#pragma once

#include "core/base/result.h"
#include "core/config/paths.h"
#include "core/store/timestamp.h"

#include <QMap>
#include <QStringList>

#include <optional>
#include <utility>

namespace AutoCommit {

/// A running daemon, as it wrote itself down.
struct DaemonEntry
{
    QString name = {};
    qint64 pid = 0;
    QString startTime = {}; ///< of the process, as the system counts it: a pid alone may be somebody else's by now
    int port = 0; ///< 0: it does not listen
    QString bind = {};
    QString url = {}; ///< empty: it does not listen
    QString socket = {}; ///< file of the Unix socket; empty: none
    QByteArray certificateSha256 = {}; ///< of what it shows over TLS, raw; empty: no TLS
    QString tokenFile = {};
    Timestamp startedAt = {};
    QString version = {};
    QStringList paths = {}; ///< absolute
    bool recursive = false;
    qint64 interval = 0; ///< seconds; 0: the setting
    QString remote = {}; ///< URL of the daemon it is the agent of; empty: a daemon itself
    QMap<QString, QString> overrides = {}; ///< settings of the command line, for a restart; the port is not among them
    bool supervised = false; ///< started by systemd or launchd, which would start it again

    bool operator==(const DaemonEntry &) const = default;
};

/// A daemon's name, taken by this process for as long as this lives: an flock, which ends by itself with the process.
class DaemonClaim
{
public:
    explicit DaemonClaim(int fd)
        : m_fd(fd)
    { }
    DaemonClaim(DaemonClaim &&other) noexcept
        : m_fd(std::exchange(other.m_fd, -1))
    { }
    DaemonClaim &operator=(DaemonClaim &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~DaemonClaim();

private:
    int m_fd;
};

/// Which daemons of this user run: `daemons.json` (0600). Any number of processes may use it: each change is made under
/// a lock on a file beside it, and written aside and renamed. Entries whose process is gone are not answered, and go
/// with the next change. Blocks for as long as another process changes the file.
class DaemonRegistry
{
public:
    explicit DaemonRegistry(const Paths &paths);

    Result<QList<DaemonEntry>> running() const; ///< in the order they were started
    Result<std::optional<DaemonEntry>> find(const QString &name) const;

    /// Usage when another process holds the name, whatever daemons.json says; so one daemon has it at most.
    Result<DaemonClaim> claim(const QString &name) const;

    /// Usage when a daemon of that name runs in another process. The own entry is replaced.
    Status enter(const DaemonEntry &entry) const;
    Status keep(const DaemonEntry &entry) const; ///< enters it again when the file has lost it
    Status leave(const QString &name, qint64 pid) const; ///< nothing happens when it is not there

private:
    QString m_file;
    QString m_claims; ///< where the names are locked
};

/// When the process began, in the system's own count; empty when there is none.
QString processStartTime(qint64 pid);

/// A daemon may be called so: letters, digits, '-', '_' and '.', 64 at most.
bool isDaemonName(const QString &name);

} // namespace AutoCommit
