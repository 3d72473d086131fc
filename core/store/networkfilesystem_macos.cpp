#include "core/store/storefiles.h"

#include <QFile>
#include <QFileInfo>

#include <sys/mount.h>
#include <sys/param.h>

namespace AutoCommit {

bool isNetworkFilesystemType(quint64)
{
    return false; // here the mount says so itself
}

bool isOnNetworkFilesystem(const QString &path)
{
    struct statfs info
    { };
    const QByteArray directory = QFile::encodeName(QFileInfo(path).absolutePath());
    return ::statfs(directory.constData(), &info) == 0 && (info.f_flags & MNT_LOCAL) == 0;
}

} // namespace AutoCommit
