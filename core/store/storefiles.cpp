#include "core/store/storefiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ErrorKind kindOfErrno(int errorNumber)
{
    switch (errorNumber) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return ErrorKind::DiskFull;
    case EROFS:
        return ErrorKind::ReadOnly;
    case EACCES:
    case EPERM:
        return ErrorKind::PermissionDenied;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
        return ErrorKind::OutOfResources;
    default:
        return ErrorKind::IoError;
    }
}

constexpr std::array suffixes{"-wal", "-journal", "-shm", ""}; // the database last: it is what others look for

QByteArray native(const QString &path)
{
    return QFile::encodeName(path);
}

} // namespace

Error systemError(int errorNumber, const QString &what)
{
    const QString reason = QString::fromLocal8Bit(std::strerror(errorNumber));
    return {.kind = kindOfErrno(errorNumber), .message = u"%1: %2."_s.arg(what, reason)};
}

FileHandle::FileHandle(FileHandle &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{ }

FileHandle &FileHandle::operator=(FileHandle &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

FileHandle::~FileHandle()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Status makePrivateDirectory(const QString &path)
{
    if (QFileInfo(path).isDir())
        return {};
    const QString parent = QFileInfo(path).absolutePath();
    if (parent != path)
        AC_TRY(makePrivateDirectory(parent));
    if (::mkdir(native(path).constData(), 0700) != 0 && errno != EEXIST)
        return systemError(errno, u"The directory %1 cannot be created"_s.arg(path));
    return {};
}

FileIdentity identify(const QString &path)
{
    struct stat info
    { };
    if (::stat(native(path).constData(), &info) != 0)
        return {};
    return {
        .device = static_cast<quint64>(info.st_dev), .inode = static_cast<quint64>(info.st_ino), .size = info.st_size};
}

Result<FileLock> FileLock::take(const QString &path, LockMode mode, std::chrono::milliseconds patience,
                                const Clock &clock)
{
    FileLock lock;
    lock.m_file = FileHandle(::open(native(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!lock.m_file)
        return systemError(errno, u"The lock file %1 cannot be opened"_s.arg(path));
    const int operation = (mode == LockMode::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
    const auto deadline = clock.monotonic() + patience;
    while (::flock(lock.m_file.get(), operation) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            break; // no locks here; SQLite's own are what is left
        if (clock.monotonic() >= deadline)
            return Error{.kind = ErrorKind::DatabaseBusy,
                         .message = u"Another program is repairing or using the history database (%1)."_s.arg(path)};
        clock.sleepFor(10ms);
    }
    return lock;
}

void FileLock::share()
{
    ::flock(m_file.get(), LOCK_SH);
}

StoreFiles::StoreFiles(const QString &database)
    : m_database(QFileInfo(database).absoluteFilePath())
{
    const QString real = QFileInfo(m_database).canonicalFilePath();
    if (!real.isEmpty())
        m_database = real;
}

Status StoreFiles::prepare() const
{
    AC_TRY(makePrivateDirectory(QFileInfo(m_database).absolutePath()));
    const QByteArray path = native(m_database);
    struct stat info
    { };
    if (::stat(path.constData(), &info) == 0) {
        // Never opened here: closing any descriptor of the file would drop SQLite's locks on it in this process.
        if ((info.st_mode & 077) != 0)
            ::chmod(path.constData(), 0600);
        return {};
    }
    const FileHandle created(::open(path.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!created && errno != EEXIST)
        return systemError(errno, u"The history database %1 cannot be created"_s.arg(m_database));
    return {};
}

bool StoreFiles::isMarkedDamaged() const
{
    return ::access(native(damageMark()).constData(), F_OK) == 0;
}

Status StoreFiles::markDamaged() const
{
    const FileHandle mark(::open(native(damageMark()).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    if (!mark)
        return systemError(errno, u"The history database %1 is damaged and cannot be set aside"_s.arg(m_database));
    return {};
}

void StoreFiles::clearDamageMark() const
{
    ::unlink(native(damageMark()).constData());
}

Result<QString> StoreFiles::setAside(Timestamp now) const
{
    QString stamp = isoText(now).left(19) + u'Z';
    stamp.remove(u'-').remove(u':');
    const QString base = m_database + u".corrupt-"_s + stamp;
    QString target = base;
    for (int i = 2; QFileInfo::exists(target); ++i)
        target = u"%1-%2"_s.arg(base).arg(i);
    for (const char *suffix : suffixes) {
        const QString from = m_database + QLatin1String(suffix);
        if (::rename(native(from).constData(), native(target + QLatin1String(suffix)).constData()) != 0
            && errno != ENOENT)
            return systemError(errno, u"The damaged history database %1 cannot be set aside"_s.arg(m_database));
    }
    const QFileInfo info(m_database);
    const QDir directory = info.absoluteDir();
    QStringList old = directory.entryList({info.fileName() + u".corrupt-*"_s}, QDir::Files, QDir::Name);
    old.removeIf([](const QString &name) {
        return name.endsWith("-wal"_L1) || name.endsWith("-shm"_L1) || name.endsWith("-journal"_L1);
    });
    for (qsizetype i = 0; i < old.size() - keepSetAside; ++i) {
        for (const char *suffix : suffixes)
            QFile::remove(directory.filePath(old[i] + QLatin1String(suffix)));
    }
    return target;
}

void StoreFiles::discard() const
{
    for (const char *suffix : suffixes)
        ::unlink(native(m_database + QLatin1String(suffix)).constData());
}

bool StoreFiles::isWritable() const
{
    return ::access(native(m_database).constData(), W_OK) == 0
        && ::access(native(QFileInfo(m_database).absolutePath()).constData(), W_OK) == 0;
}

bool StoreFiles::isEmpty() const
{
    return identify(m_database).size == 0;
}

qint64 StoreFiles::logSize() const
{
    return identify(m_database + u"-wal"_s).size;
}

} // namespace AutoCommit
