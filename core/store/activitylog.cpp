#include "core/store/activitylog.h"

#include "core/store/storefiles.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cerrno>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qsizetype longestLine = 8'000'000; ///< far beyond any event; longer is no log of ours

FileHandle openFile(const QString &path, int flags)
{
    return FileHandle(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, 0600));
}

/// The inode of an open file and its size.
LogPosition placeOf(const FileHandle &file)
{
    struct stat info
    { };
    if (::fstat(file.get(), &info) != 0)
        return {};
    return {.inode = static_cast<quint64>(info.st_ino), .end = info.st_size};
}

bool endsInsideALine(const FileHandle &file, qint64 size)
{
    char last = '\n';
    return size > 0 && ::pread(file.get(), &last, 1, size - 1) == 1 && last != '\n';
}

/// Splits a file into lines from `offset` on and hands over what is a JSON object.
Status readLines(const FileHandle &file, qint64 offset, const ActivityLog::EventHandler &onEvent)
{
    QByteArray rest;
    QByteArray chunk(262'144, Qt::Uninitialized);
    bool tooLong = false;
    for (;;) {
        const ssize_t got = ::pread(file.get(), chunk.data(), static_cast<std::size_t>(chunk.size()), offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError(errno, u"The activity log cannot be read"_s);
        if (got == 0)
            return {}; // what is left has no end yet: torn, or being written
        offset += got;
        qsizetype start = 0;
        for (qsizetype end = 0; (end = chunk.indexOf('\n', start)) >= 0 && end < got; start = end + 1) {
            rest += QByteArrayView(chunk).sliced(start, end - start);
            const auto document = tooLong ? QJsonDocument() : QJsonDocument::fromJson(rest);
            if (document.isObject())
                AC_TRY(onEvent(document.object()));
            rest.clear();
            tooLong = false;
        }
        rest += QByteArrayView(chunk).sliced(start, got - start);
        if (rest.size() > longestLine) {
            rest.clear();
            tooLong = true;
        }
    }
}

} // namespace

ActivityLog::ActivityLog(QString path)
    : ActivityLog(std::move(path), Limits())
{ }

ActivityLog::ActivityLog(QString path, Limits limits)
    : m_path(std::move(path))
    , m_limits(limits)
{ }

QString ActivityLog::numbered(int number) const
{
    return number == 0 ? m_path : u"%1.%2"_s.arg(m_path).arg(number);
}

Result<LogPosition> ActivityLog::append(const QList<QJsonObject> &events) const
{
    QByteArray text;
    for (const QJsonObject &event : events)
        text += QJsonDocument(event).toJson(QJsonDocument::Compact) + '\n';
    if (identify(m_path).size + text.size() > m_limits.fileBytes)
        AC_TRY(rotate(text.size()));
    FileHandle file = openFile(m_path, O_RDWR | O_APPEND | O_CREAT);
    if (!file && errno == ENOENT) {
        AC_TRY(makePrivateDirectory(QFileInfo(m_path).absolutePath()));
        file = openFile(m_path, O_RDWR | O_APPEND | O_CREAT);
    }
    if (!file)
        return systemError(errno, u"The activity log %1 cannot be opened"_s.arg(m_path));
    if (endsInsideALine(file, placeOf(file).end))
        text.prepend('\n');
    ssize_t written = 0;
    do {
        written = ::write(file.get(), text.constData(), static_cast<std::size_t>(text.size()));
    } while (written < 0 && errno == EINTR);
    if (written != text.size())
        return systemError(written < 0 ? errno : ENOSPC, u"The activity log %1 cannot be written"_s.arg(m_path));
    return LogPosition{.inode = placeOf(file).inode, .end = ::lseek(file.get(), 0, SEEK_CUR)};
}

/// Under a lock, because two programs may find the file full at the same moment. A line that another program writes
/// just now goes to the file it has open and is kept there.
Status ActivityLog::rotate(qint64 incoming) const
{
    const qint64 size = identify(m_path).size;
    if (size == 0)
        return {};
    AC_ASSIGN(const FileLock lock, FileLock::take(m_path + u".lock"_s, LockMode::Exclusive, 2s, SystemClock()));
    if (identify(m_path).size + incoming <= m_limits.fileBytes)
        return {};
    for (int number = m_limits.files - 1; number > 0; --number) {
        const QByteArray from = QFile::encodeName(numbered(number - 1));
        if (::rename(from.constData(), QFile::encodeName(numbered(number)).constData()) != 0 && errno != ENOENT)
            return systemError(errno, u"The activity log %1 cannot be rotated"_s.arg(m_path));
    }
    return {};
}

LogPosition ActivityLog::end() const
{
    const FileIdentity file = identify(m_path);
    return {.inode = file.inode, .end = file.size};
}

Result<LogPosition> ActivityLog::read(const LogPosition &from, const EventHandler &onEvent) const
{
    // All files are opened before the first is read: a rotation meanwhile renames them but takes none away.
    std::vector<FileHandle> files;
    qint64 offset = 0;
    quint64 newer = 0;
    for (int number = 0; number < m_limits.files; ++number) {
        FileHandle file = openFile(numbered(number), O_RDONLY);
        if (!file && errno != ENOENT)
            return systemError(errno, u"The activity log %1 cannot be opened"_s.arg(numbered(number)));
        if (!file)
            break;
        const LogPosition place = placeOf(file);
        if (place.inode == std::exchange(newer, place.inode))
            continue; // renamed between the two opens
        files.push_back(std::move(file));
        if (from.inode != 0 && place.inode == from.inode && place.end >= from.end) {
            offset = from.end;
            break;
        }
    }
    LogPosition reached;
    for (auto file = files.rbegin(); file != files.rend(); ++file) {
        reached = placeOf(*file);
        AC_TRY(readLines(*file, std::exchange(offset, 0), onEvent));
    }
    return reached;
}

} // namespace AutoCommit
