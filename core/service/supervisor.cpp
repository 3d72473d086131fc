#include "core/service/supervisor.h"

#include <cstddef>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace AutoCommit {

Supervisor::Supervisor()
    : m_address(qgetenv("NOTIFY_SOCKET"))
{
    const bool forUs = !qEnvironmentVariableIsSet("WATCHDOG_PID") || qgetenv("WATCHDOG_PID").toLongLong() == ::getpid();
    if (forUs) // twice as often as needed
        m_watchdog = std::chrono::milliseconds(qgetenv("WATCHDOG_USEC").toLongLong() / 2000);
    for (const char *name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
        qunsetenv(name);
}

void Supervisor::tell(const QByteArray &message) const
{
    sockaddr_un address{};
    const auto length = static_cast<std::size_t>(m_address.size());
    if (length == 0 || length >= sizeof address.sun_path)
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, m_address.constData(), length);
    if (address.sun_path[0] == '@') // an abstract name
        address.sun_path[0] = '\0';
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    if (socket < 0)
        return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    ::sendto(socket, message.constData(), static_cast<std::size_t>(message.size()), 0,
             reinterpret_cast<const sockaddr *>(&address), size);
    ::close(socket);
}

} // namespace AutoCommit
