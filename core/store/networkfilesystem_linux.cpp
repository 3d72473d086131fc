#include "core/store/storefiles.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

#include <sys/vfs.h>

namespace AutoCommit {

/// Numbers from statfs(2) and linux/magic.h. FUSE is among them because sshfs and most other remote mounts are FUSE; a
/// local FUSE disk pays with the slower journal.
bool isNetworkFilesystemType(quint64 magic)
{
    static constexpr std::array<quint64, 13> remote{
        0x6969, // nfs
        0xFF534D42, // cifs
        0xFE534D42, // smb2
        0x517B, // smb
        0x564C, // ncp
        0x5346414F, // afs
        0x6B414653, // kafs
        0x73757245, // coda
        0x00C36400, // ceph
        0x01021997, // 9p: folders of the host in a virtual machine or WSL
        0x65735546, // fuse
        0x0BD00BD0, // lustre
        0x47504653, // gpfs
    };
    return std::ranges::find(remote, magic) != remote.end();
}

bool isOnNetworkFilesystem(const QString &path)
{
    struct statfs info
    { };
    const QByteArray directory = QFile::encodeName(QFileInfo(path).absolutePath());
    if (::statfs(directory.constData(), &info) != 0)
        return false;
    return isNetworkFilesystemType(static_cast<quint64>(info.f_type) & 0xFFFFFFFFU);
}

} // namespace AutoCommit
