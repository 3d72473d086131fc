#include "core/git/filestamp.h"

#include <QFile>

#include <memory>

#include <dirent.h>
#include <sys/stat.h>

namespace AutoCommit {

bool FileStamp::isRegular() const
{
    return exists && S_ISREG(mode);
}

bool FileStamp::isSymlink() const
{
    return exists && S_ISLNK(mode);
}

bool FileStamp::isDirectory() const
{
    return exists && S_ISDIR(mode);
}

FileStamp FileStamp::of(const QByteArray &absolutePath)
{
    struct stat info
    { };
    if (::lstat(absolutePath.constData(), &info) != 0)
        return {};
    constexpr qint64 billion = 1'000'000'000;
#ifdef Q_OS_MACOS
    const auto &mtime = info.st_mtimespec;
    const auto &ctime = info.st_ctimespec;
#else
    const auto &mtime = info.st_mtim;
    const auto &ctime = info.st_ctim;
#endif
    return {.exists = true,
            .mode = info.st_mode,
            .size = info.st_size,
            .mtime = mtime.tv_sec * billion + mtime.tv_nsec,
            .ctime = ctime.tv_sec * billion + ctime.tv_nsec,
            .inode = info.st_ino};
}

QList<QByteArray> namesIn(const QByteArray &absoluteDirectory)
{
    QList<QByteArray> names;
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::opendir(absoluteDirectory.constData()), &::closedir);
    while (const dirent *entry = directory ? ::readdir(directory.get()) : nullptr) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            names += name;
    }
    return names;
}

FileStamp FileStamp::of(const QString &absolutePath)
{
    return of(QFile::encodeName(absolutePath));
}

} // namespace AutoCommit
