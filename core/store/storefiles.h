#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/store/timestamp.h"

#include <QString>

#include <optional>

namespace AutoCommit {

/// An errno as one of our kinds; `what` is the beginning of the sentence: "The activity log %1 cannot be written".
Error systemError(int errorNumber, const QString &what);

/// A file descriptor that is closed when it goes.
class FileHandle
{
public:
    FileHandle() = default;
    explicit FileHandle(int descriptor)
        : m_descriptor(descriptor)
    { }
    FileHandle(FileHandle &&other) noexcept;
    FileHandle &operator=(FileHandle &&other) noexcept;
    ~FileHandle();

    explicit operator bool() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

/// Creates what is missing of a directory, for its owner alone (0700).
Status makePrivateDirectory(const QString &path);

/// Which file a path names at this moment: two files never share it at one time. 0 = there is none.
struct FileIdentity
{
    quint64 device = 0;
    quint64 inode = 0;
    qint64 size = 0;

    bool sameFile(const FileIdentity &other) const { return device == other.device && inode == other.inode; }
};
FileIdentity identify(const QString &path);

/// A lock between programs on a file beside the database (flock: gone with the process, however it ends).
enum class LockMode { Shared, Exclusive };
class FileLock
{
public:
    /// Waits up to `patience`, then answers DatabaseBusy. A filesystem without locks grants everything.
    static Result<FileLock> take(const QString &path, LockMode mode, std::chrono::milliseconds patience,
                                 const Clock &clock);
    FileLock() = default;

    /// From exclusive to shared, for those who wait to open the database.
    void share();

private:
    FileHandle m_file;
};

/// The files of one SQLite database and what the program keeps beside them.
class StoreFiles
{
public:
    explicit StoreFiles(const QString &database);

    QString database() const { return m_database; }
    QString lockFile() const { return m_database + QLatin1String(".lock"); }
    QString damageMark() const { return m_database + QLatin1String(".damaged"); }

    /// Directory 0700, file 0600; what SQLite creates beside the file takes the file's permissions.
    Status prepare() const;

    bool isMarkedDamaged() const;
    Status markDamaged() const;
    void clearDamageMark() const;

    /// Renames the database, and its log if there is one, to "<name>.corrupt-<UTC>[-wal]" and answers the new name. The
    /// newest `keepSetAside` of them are kept.
    Result<QString> setAside(Timestamp now) const;

    /// Removes a database that was begun and could not be finished, so that it is not taken for one to be kept.
    void discard() const;

    bool isWritable() const; ///< by this user, and so is its directory
    bool isEmpty() const; ///< no database, or one without a byte
    qint64 logSize() const; ///< of SQLite's write-ahead log

    static constexpr int keepSetAside = 5;

private:
    QString m_database; ///< symlinks resolved: SQLite puts its other files beside the real one
};

/// True for filesystems that other machines may have mounted, where SQLite's write-ahead log loses data: NFS, SMB, AFS,
/// Ceph, 9p, sshfs and the like. A path that cannot be asked about counts as local. One .cpp per system.
bool isOnNetworkFilesystem(const QString &path);

/// The rule behind it on Linux, by the magic number of statfs(2).
bool isNetworkFilesystemType(quint64 magic);

} // namespace AutoCommit
