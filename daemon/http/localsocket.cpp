#include "daemon/http/localsocket.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr int backlog = 64;
constexpr auto unfinished = ".new"; // while it is bound and does not listen yet

Error failed(const QByteArray &path, const QString &why)
{
    return {ErrorKind::IoError, u"no socket at %1: %2"_s.arg(QFile::decodeName(path), why)};
}

std::optional<sockaddr_un> addressOf(const QByteArray &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (static_cast<std::size_t>(path.size()) >= sizeof address.sun_path)
        return std::nullopt;
    std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    return address;
}

int newSocket()
{
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (descriptor >= 0)
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    return descriptor;
}

bool act(int (*call)(int, const sockaddr *, socklen_t), int descriptor, const sockaddr_un &address)
{
    return call(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
}

/// Ours, no link, and nobody else may enter.
Status closeToOthers(const QByteArray &path, const QByteArray &directory)
{
    struct stat info
    { };
    if (::lstat(directory.constData(), &info) != 0)
        return failed(path, qt_error_string(errno));
    if (!S_ISDIR(info.st_mode) || info.st_uid != ::geteuid())
        return failed(path, u"the directory is not this user's"_s);
    if ((info.st_mode & 077) != 0 && ::chmod(directory.constData(), 0700) != 0)
        return failed(path, qt_error_string(errno));
    return {};
}

/// Whether somebody listens there; of anything but a clear "no" it is assumed.
bool isAlive(const QByteArray &path)
{
    const auto address = addressOf(path);
    const int descriptor = newSocket();
    if (!address || descriptor < 0)
        return true;
    ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
    const bool refused = !act(::connect, descriptor, *address) && errno == ECONNREFUSED;
    ::close(descriptor);
    return !refused;
}

} // namespace

Result<LocalSocket> LocalSocket::listenOn(const QString &path)
{
    LocalSocket made;
    const QByteArray place = QFile::encodeName(path);
    const QByteArray first = place + unfinished;
    const auto address = addressOf(first);
    if (!address)
        return failed(place, u"the path is longer than the system allows"_s);
    AC_TRY(closeToOthers(place, QFile::encodeName(QFileInfo(path).path())));
    const int descriptor = newSocket();
    if (descriptor < 0)
        return failed(place, qt_error_string(errno));
    ::unlink(first.constData());
    struct stat info
    { };
    // Nobody can connect before listen(), so the mode is right from the first moment on.
    const bool listens = act(::bind, descriptor, *address) && ::chmod(first.constData(), 0600) == 0
        && ::lstat(first.constData(), &info) == 0 && ::listen(descriptor, backlog) == 0
        && ::rename(first.constData(), place.constData()) == 0;
    if (!listens) {
        const int reason = errno;
        ::unlink(first.constData());
        ::close(descriptor);
        return failed(place, qt_error_string(reason));
    }
    made.m_path = place;
    made.m_descriptor = descriptor;
    made.m_file = info.st_ino;
    return made;
}

LocalSocket::LocalSocket(LocalSocket &&other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_file(other.m_file)
{ }

LocalSocket &LocalSocket::operator=(LocalSocket &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_file, other.m_file);
    return *this;
}

LocalSocket::~LocalSocket()
{
    struct stat info
    { };
    if (!m_path.isEmpty() && ::lstat(m_path.constData(), &info) == 0 && info.st_ino == m_file)
        ::unlink(m_path.constData());
}

void removeDeadSockets(const QString &directory)
{
    const QDir dir(directory);
    for (const QString &name : dir.entryList({u"*.sock"_s}, QDir::System | QDir::Hidden)) {
        const QByteArray path = QFile::encodeName(dir.filePath(name));
        struct stat info
        { };
        if (::lstat(path.constData(), &info) == 0 && S_ISSOCK(info.st_mode) && info.st_uid == ::geteuid()
            && !isAlive(path))
            ::unlink(path.constData());
    }
}

} // namespace AutoCommit
