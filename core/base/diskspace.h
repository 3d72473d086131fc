#pragma once

#include <QString>

#include <optional>

namespace AutoCommit {

struct DiskSpace
{
    qint64 available = 0; ///< bytes a user without privileges may still write
    bool readOnly = false;
};

/// Of the file system that holds `path`; nothing when the system does not tell. Asks the system itself: QStorageInfo
/// goes by the table of mounts, in which a chroot's own file system is missing.
std::optional<DiskSpace> diskSpace(const QString &path);

} // namespace AutoCommit
