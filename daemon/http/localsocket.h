#pragma once

#include "core/base/result.h"

#include <sys/types.h>

namespace AutoCommit {

/// A Unix socket that this process listens on, as a file of its user alone (0600) in a directory of its user alone.
/// The file appears when the socket already listens, and takes the place of one that a killed process left there.
class LocalSocket
{
public:
    /// IoError: a path longer than an address can hold, a directory that is somebody else's or open to others.
    static Result<LocalSocket> listenOn(const QString &path);

    LocalSocket(LocalSocket &&other) noexcept;
    LocalSocket &operator=(LocalSocket &&other) noexcept;
    ~LocalSocket(); ///< the file goes, unless another process has put its own there; the descriptor is not closed

    int descriptor() const { return m_descriptor; }

private:
    LocalSocket() = default;

    QByteArray m_path;
    int m_descriptor = -1;
    ino_t m_file = 0;
};

/// Removes what processes that ended without a word left in the directory: sockets that nobody listens on.
void removeDeadSockets(const QString &directory);

} // namespace AutoCommit
