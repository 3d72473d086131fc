#include "core/sync/hubconnections.h"

#include <QDir>
#include <QFile>

#include <algorithm>

#include <sys/stat.h>
#include <sys/un.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto firstPause = 60s;
constexpr auto longestPause = 900s;
constexpr auto believed = 60s; // how long a host that answered is not doubted

/// %C is 40 characters, and ssh first binds a name with 17 more at its end.
constexpr qsizetype socketNameLength = 1 + 40 + 17;

QByteArray sharing(const QString &directory)
{
    const QByteArray name = QFile::encodeName(directory);
    // ssh reads % itself and git hands the command to a shell
    const bool plain = !name.isEmpty() && std::ranges::all_of(name, [](char c) {
        return QByteArrayView("/._-").contains(c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
            || (c >= 'A' && c <= 'Z');
    });
    if (!plain || name.size() + socketNameLength >= static_cast<qsizetype>(sizeof(sockaddr_un::sun_path)))
        return {};
    struct stat found = {};
    if (!QDir().mkpath(directory) || ::chmod(name.constData(), 0700) != 0 || ::lstat(name.constData(), &found) != 0
        || !S_ISDIR(found.st_mode) || found.st_uid != ::geteuid())
        return {};
    return " -o ControlMaster=auto -o ControlPersist=20 -o ControlPath=" + name + "/%C";
}

} // namespace

HubConnections::HubConnections(QString socketDirectory, const Clock &clock)
    : m_socketDirectory(std::move(socketDirectory))
    , m_clock(clock)
{ }

QByteArray HubConnections::sshOptions()
{
    const std::lock_guard guard(m_mutex);
    if (!m_sshOptions)
        m_sshOptions = sharing(m_socketDirectory);
    return *m_sshOptions;
}

Status HubConnections::enter(const QString &host, const CancelToken &cancel)
{
    std::unique_lock guard(m_mutex);
    for (;;) {
        Host &known = m_hosts[host];
        const bool stale = m_clock.monotonic() >= known.until;
        if (known.reach == Reach::Answers && !stale)
            return {};
        if (known.reach == Reach::Silent && !stale)
            return Error{ErrorKind::Unreachable,
                         u"%1 did not answer a moment ago; it is asked again later"_s.arg(host)};
        if (known.reach != Reach::Asking) {
            known.reach = Reach::Asking;
            return {};
        }
        if (cancel.isCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        m_changed.wait_for(guard, 50ms);
    }
}

void HubConnections::leave(const QString &host, bool reached)
{
    const std::lock_guard guard(m_mutex);
    Host &known = m_hosts[host];
    const auto now = m_clock.monotonic();
    if (reached) {
        known = {.reach = Reach::Answers, .until = now + believed};
    } else if (known.reach != Reach::Asking) {
        known.reach = Reach::Unknown;
    } else {
        known.patience = std::clamp<std::chrono::seconds>(2 * known.patience, firstPause, longestPause);
        known.reach = Reach::Silent;
        known.until = now + known.patience;
    }
    m_changed.notify_all();
}

} // namespace AutoCommit
