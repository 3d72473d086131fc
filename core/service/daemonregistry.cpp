#include "core/service/daemonregistry.h"

#include "core/base/log.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <algorithm>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

DaemonEntry entryFromJson(const QJsonObject &json)
{
    DaemonEntry entry{.name = json[u"name"_s].toString(),
                      .pid = json[u"pid"_s].toInteger(),
                      .startTime = json[u"start_time"_s].toString(),
                      .port = json[u"port"_s].toInt(),
                      .bind = json[u"bind"_s].toString(),
                      .url = json[u"url"_s].toString(),
                      .socket = json[u"socket"_s].toString(),
                      .certificateSha256 = QByteArray::fromHex(json[u"certificate_sha256"_s].toString().toLatin1()),
                      .tokenFile = json[u"token_file"_s].toString(),
                      .startedAt = fromIsoText(json[u"started_at"_s].toString()).value_or(Timestamp()),
                      .version = json[u"version"_s].toString(),
                      .recursive = json[u"recursive"_s].toBool(),
                      .interval = json[u"interval"_s].toInteger(),
                      .remote = json[u"remote"_s].toString(),
                      .supervised = json[u"supervised"_s].toBool()};
    for (const auto &path : json[u"paths"_s].toArray())
        entry.paths += path.toString();
    const QJsonObject overrides = json[u"overrides"_s].toObject();
    for (auto it = overrides.begin(); it != overrides.end(); ++it)
        entry.overrides.insert(it.key(), it.value().toString());
    return entry;
}

QJsonObject toJson(const DaemonEntry &entry)
{
    QJsonObject overrides;
    for (auto it = entry.overrides.cbegin(); it != entry.overrides.cend(); ++it)
        overrides.insert(it.key(), it.value());
    return {{u"name"_s, entry.name},
            {u"pid"_s, entry.pid},
            {u"start_time"_s, entry.startTime},
            {u"port"_s, entry.port},
            {u"bind"_s, entry.bind},
            {u"url"_s, entry.url},
            {u"socket"_s, entry.socket},
            {u"certificate_sha256"_s, QString::fromLatin1(entry.certificateSha256.toHex())},
            {u"token_file"_s, entry.tokenFile},
            {u"started_at"_s, isoText(entry.startedAt)},
            {u"version"_s, entry.version},
            {u"paths"_s, QJsonArray::fromStringList(entry.paths)},
            {u"recursive"_s, entry.recursive},
            {u"interval"_s, entry.interval},
            {u"remote"_s, entry.remote},
            {u"overrides"_s, overrides},
            {u"supervised"_s, entry.supervised}};
}

bool isAlive(const DaemonEntry &entry)
{
    return entry.pid > 0 && !entry.startTime.isEmpty() && processStartTime(entry.pid) == entry.startTime;
}

/// What cannot be read holds nothing worth keeping: every living daemon can be found and stopped by its pid.
QList<DaemonEntry> readEntries(const QString &path)
{
    QFile file(path);
    QList<DaemonEntry> entries;
    if (!file.open(QIODevice::ReadOnly))
        return entries;
    for (const auto &value : QJsonDocument::fromJson(file.read(1 << 20)).object()[u"daemons"_s].toArray())
        entries += entryFromJson(value.toObject());
    entries.removeIf([](const DaemonEntry &entry) { return !isAlive(entry); });
    return entries;
}

Status writeEntries(const QString &path, const QList<DaemonEntry> &entries)
{
    QJsonArray list;
    for (const DaemonEntry &entry : entries)
        list += toJson(entry);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(QJsonDocument(QJsonObject{{u"daemons"_s, list}}).toJson()) < 0 || !file.commit())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(path, file.errorString())};
    return {};
}

Error nameTaken(const QString &name, qint64 pid)
{
    return {ErrorKind::Usage,
            u"a daemon named \"%1\" is running (process %2); stop it first, or give this one a --name"_s.arg(name).arg(
                pid)};
}

/// Held while the file is read, changed and replaced.
class FileLock
{
public:
    explicit FileLock(const QString &path)
        : m_fd(::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
        if (m_fd >= 0 && ::flock(m_fd, LOCK_EX) != 0) {
            ::close(m_fd);
            m_fd = -1;
        }
    }
    ~FileLock()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(FileLock)

    bool held() const { return m_fd >= 0; }

private:
    int m_fd;
};

template <typename Change> Status changeEntries(const QString &path, const Change &change)
{
    if (!makePrivateDir(path.left(path.lastIndexOf(u'/'))))
        return Error{ErrorKind::PermissionDenied, u"%1: cannot be created"_s.arg(path)};
    const FileLock lock(path + u".lock"_s);
    if (!lock.held())
        return Error{ErrorKind::PermissionDenied, u"%1.lock: cannot be locked"_s.arg(path)};
    QList<DaemonEntry> entries = readEntries(path);
    AC_TRY(change(entries));
    return writeEntries(path, entries);
}

} // namespace

DaemonRegistry::DaemonRegistry(const Paths &paths)
    : m_file(paths.configDir() + u"/daemons.json"_s)
    , m_claims(paths.cacheDir())
{ }

DaemonClaim::~DaemonClaim()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<DaemonClaim> DaemonRegistry::claim(const QString &name) const
{
    const QString path = m_claims + u"/daemon-%1.lock"_s.arg(name);
    if (!makePrivateDir(m_claims))
        return Error{ErrorKind::PermissionDenied, u"%1: cannot be created"_s.arg(m_claims)};
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return Error{ErrorKind::PermissionDenied, u"%1: cannot be opened"_s.arg(path)};
    DaemonClaim claim(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        QFile holder(path);
        const QByteArray pid = holder.open(QIODevice::ReadOnly) ? holder.read(32).trimmed() : QByteArray();
        return nameTaken(name, pid.toLongLong());
    }
    const QByteArray pid = QByteArray::number(::getpid()) + '\n';
    if (::ftruncate(fd, 0) != 0 || ::write(fd, pid.constData(), static_cast<std::size_t>(pid.size())) != pid.size())
        qCWarning(logService) << path << "cannot be written"; // the lock holds all the same
    return claim;
}

Result<QList<DaemonEntry>> DaemonRegistry::running() const
{
    QFile file(m_file);
    if (file.exists() && !file.open(QIODevice::ReadOnly))
        return Error{ErrorKind::PermissionDenied, u"%1: %2"_s.arg(m_file, file.errorString())};
    return readEntries(m_file);
}

Result<std::optional<DaemonEntry>> DaemonRegistry::find(const QString &name) const
{
    AC_ASSIGN(const QList<DaemonEntry> entries, running());
    const auto found = std::ranges::find(entries, name, &DaemonEntry::name);
    return found == entries.end() ? std::optional<DaemonEntry>() : std::optional(*found);
}

Status DaemonRegistry::enter(const DaemonEntry &entry) const
{
    return changeEntries(m_file, [&](QList<DaemonEntry> &entries) -> Status {
        const auto other = std::ranges::find_if(
            entries, [&](const DaemonEntry &e) { return e.name == entry.name && e.pid != entry.pid; });
        if (other != entries.end())
            return nameTaken(entry.name, other->pid);
        entries.removeIf([&](const DaemonEntry &e) { return e.pid == entry.pid; });
        entries += entry;
        return {};
    });
}

Status DaemonRegistry::keep(const DaemonEntry &entry) const
{
    AC_ASSIGN(const QList<DaemonEntry> entries, running());
    const auto isOurs = [&](const DaemonEntry &e) { return e.name == entry.name && e.pid == entry.pid; };
    return std::ranges::any_of(entries, isOurs) ? Status() : enter(entry);
}

Status DaemonRegistry::leave(const QString &name, qint64 pid) const
{
    return changeEntries(m_file, [&](QList<DaemonEntry> &entries) -> Status {
        entries.removeIf([&](const DaemonEntry &e) { return e.name == name && e.pid == pid; });
        return {};
    });
}

bool isDaemonName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 64 && name[0] != u'.' && name[0] != u'-'
        && std::ranges::all_of(name, [](QChar c) {
               return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'-' || c == u'_' || c == u'.';
           });
}

} // namespace AutoCommit
