#include "core/base/diskspace.h"

#include <QFile>

#include <sys/statvfs.h>

namespace AutoCommit {

std::optional<DiskSpace> diskSpace(const QString &path)
{
    struct statvfs facts = {};
    if (::statvfs(QFile::encodeName(path).constData(), &facts) != 0)
        return {};
    return DiskSpace{.available = static_cast<qint64>(facts.f_bavail) * static_cast<qint64>(facts.f_frsize),
                     .readOnly = (facts.f_flag & ST_RDONLY) != 0};
}

} // namespace AutoCommit
