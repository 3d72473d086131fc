#include "daemon/run/lease.h"

#include "core/service/daemonregistry.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 keptAtLeast = 1800; ///< seconds
constexpr qint64 longestTerm = 4 * 86400; ///< beyond: a clock was wrong; the longest cycle is a day

/// The file, open and locked for the moment that reading and writing it take.
class LeaseFile
{
public:
    explicit LeaseFile(const QString &path)
        : m_fd(::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
        m_locked = m_fd >= 0 && ::flock(m_fd, LOCK_EX) == 0;
    }
    ~LeaseFile()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    LeaseFile(const LeaseFile &) = delete;
    LeaseFile &operator=(const LeaseFile &) = delete;

    bool isLocked() const { return m_locked; }

    /// Of a user who lets nobody else read it.
    static bool isOfSomebodyElse(const QString &path)
    {
        struct stat there
        { };
        return ::lstat(QFile::encodeName(path).constData(), &there) == 0 && there.st_uid != ::geteuid();
    }

    QJsonObject read() const
    {
        char text[1024];
        const ssize_t size = ::pread(m_fd, text, sizeof text, 0);
        return QJsonDocument::fromJson(QByteArray(text, std::max<ssize_t>(size, 0))).object();
    }

    void write(const QJsonObject &object) const
    {
        const QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
        if (::ftruncate(m_fd, 0) == 0) [[maybe_unused]]
            const ssize_t written = ::pwrite(m_fd, text.constData(), static_cast<std::size_t>(text.size()), 0);
    }

private:
    int m_fd;
    bool m_locked = false;
};

} // namespace

Lease::Lease(QString daemon, QString host)
    : m_daemon(std::move(daemon))
    , m_host(std::move(host))
    , m_pid(::getpid())
    , m_startTime(processStartTime(m_pid))
{ }

QString Lease::claim(const QString &commonDir) const
{
    // Where there is no such directory yet, nothing of ours ever ran: the first run makes it, and the next claim
    // counts.
    const QString path = commonDir + u"/auto-commit/daemon"_s;
    const LeaseFile file(path);
    if (!file.isLocked()) // else a run says better what is wrong with this directory
        return LeaseFile::isOfSomebodyElse(path) ? u"a daemon of another user (%1 is theirs)"_s.arg(path) : QString();
    const QJsonObject holder = file.read();
    const QString host = holder.value("host"_L1).toString();
    const qint64 pid = holder.value("pid"_L1).toInteger();
    const QString startTime = holder.value("start_time"_L1).toString();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const qint64 term = std::max(keptAtLeast, 3 * m_interval.load());
    const qint64 left = holder.value("until"_L1).toInteger() - now;
    const bool ours = host == m_host && pid == m_pid && startTime == m_startTime;
    const bool alive = host == m_host ? !startTime.isEmpty() && processStartTime(pid) == startTime
                                      : !host.isEmpty() && left > 0 && left < longestTerm;
    if (alive && !ours)
        return u"the daemon %1 (process %2 on %3)"_s.arg(holder.value("daemon"_L1).toString()).arg(pid).arg(host);
    if (!ours || left < term * 2 / 3 || left > term)
        file.write({{u"daemon"_s, m_daemon},
                    {u"host"_s, m_host},
                    {u"pid"_s, m_pid},
                    {u"start_time"_s, m_startTime},
                    {u"until"_s, now + term}});
    return {};
}

} // namespace AutoCommit
