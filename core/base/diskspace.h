#pragma once

#include "core/base/result.h"

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

/// DiskFull, in words that begin with `what` ("incoming commits need ..."), when less than `bytes` are available there.
/// What the system does not tell stands in nobody's way.
Status requireSpace(const QString &path, qint64 bytes, const QString &what);

} // namespace AutoCommit
