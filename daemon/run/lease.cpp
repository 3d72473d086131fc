#include "daemon/run/lease.h"

#include "core/service/daemonregistry.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 renewedWithin = 600; ///< seconds

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
    const LeaseFile file(commonDir + u"/auto-commit/daemon"_s);
    if (!file.isLocked())
        return {}; // a run says better what is wrong with this directory
    const QJsonObject holder = file.read();
    const QString host = holder.value("host"_L1).toString();
    const qint64 pid = holder.value("pid"_L1).toInteger();
    const QString startTime = holder.value("start_time"_L1).toString();
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const bool ours = host == m_host && pid == m_pid && startTime == m_startTime;
    const qint64 age = now - holder.value("at"_L1).toInteger();
    const bool alive = host == m_host ? !startTime.isEmpty() && processStartTime(pid) == startTime
                                      : !host.isEmpty() && age < renewedWithin;
    if (alive && !ours)
        return u"the daemon %1 (process %2 on %3)"_s.arg(holder.value("daemon"_L1).toString()).arg(pid).arg(host);
    if (!ours || age > renewedWithin / 3 || age < 0)
        file.write({{u"daemon"_s, m_daemon},
                    {u"host"_s, m_host},
                    {u"pid"_s, m_pid},
                    {u"start_time"_s, m_startTime},
                    {u"at"_s, now}});
    return {};
}

} // namespace AutoCommit
