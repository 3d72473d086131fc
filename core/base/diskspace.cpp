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

Status requireSpace(const QString &path, qint64 bytes, const QString &what)
{
    using namespace Qt::StringLiterals;
    const auto disk = diskSpace(path);
    if (!disk || disk->available >= bytes)
        return {};
    constexpr qint64 mebibyte = 1LL << 20;
    return Error{ErrorKind::DiskFull,
                 u"%1 %2 MiB, %3 MiB are free"_s.arg(what)
                     .arg((bytes + mebibyte - 1) / mebibyte)
                     .arg(disk->available / mebibyte)};
}

} // namespace AutoCommit
