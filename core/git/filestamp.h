#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace AutoCommit {

/// What lstat says about a path: equal stamps before and after a read mean that nobody wrote in between (as far as the
/// kernel's clock ticks can tell; the content hash decides the rest).
struct FileStamp
{
    bool exists = false;
    quint32 mode = 0; ///< st_mode: type and permissions
    qint64 size = 0;
    qint64 mtime = 0; ///< nanoseconds since 1970
    qint64 ctime = 0;
    quint64 inode = 0;

    bool operator==(const FileStamp &) const = default;

    bool isRegular() const;
    bool isSymlink() const;
    bool isDirectory() const;

    static FileStamp of(const QByteArray &absolutePath); ///< never follows a symlink
    static FileStamp of(const QString &absolutePath);
};

/// The names in a directory without "." and "..", as the bytes they are, in no order; empty when it cannot be read.
QList<QByteArray> namesIn(const QByteArray &absoluteDirectory);

} // namespace AutoCommit
