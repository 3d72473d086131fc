#include "core/git/repolock.h"

#include "core/base/diskspace.h"
#include "core/git/filestamp.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace AutoCommit {

using namespace Qt::StringLiterals;

Result<RepoLock> RepoLock::acquire(const RepoLocation &location)
{
    const QString path = location.lockFile();
    const QString directory = QFileInfo(path).path();
    if (!QDir().mkpath(directory) || !QDir().mkpath(location.stateDir())) {
        const auto disk = diskSpace(location.commonDir);
        if (disk && disk->readOnly)
            return Error{ErrorKind::ReadOnly, u"%1 is on a disk that can only be read"_s.arg(location.commonDir)};
        return Error{ErrorKind::PermissionDenied,
                     u"%1: cannot be created; who may write in this git directory?"_s.arg(directory)};
    }
    for (const QString &own : {directory, location.stateDir()}) {
        if (!FileStamp::of(own).isDirectory())
            return Error{ErrorKind::Untrusted, u"%1 is not a directory but a link; remove it"_s.arg(own)};
        // What we keep there would be written over whatever a link points to.
        for (const QFileInfo &file : QDir(own).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System))
            if (file.isSymLink())
                return Error{ErrorKind::Untrusted, u"%1 is a link; remove it"_s.arg(file.filePath())};
    }
    RepoLock lock;
    lock.m_fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock.m_fd < 0) {
        const ErrorKind kind = errno == EROFS ? ErrorKind::ReadOnly
            : errno == ENOSPC                 ? ErrorKind::DiskFull
                                              : ErrorKind::PermissionDenied;
        return Error{kind, u"%1: %2"_s.arg(path, QString::fromLocal8Bit(std::strerror(errno)))};
    }
    if (::flock(lock.m_fd, LOCK_EX | LOCK_NB) != 0)
        return Error{ErrorKind::LockHeld, u"another auto-commit is working on this repository"_s};
    return lock;
}

RepoLock::RepoLock(RepoLock &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{ }

RepoLock &RepoLock::operator=(RepoLock &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

RepoLock::~RepoLock()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

} // namespace AutoCommit
