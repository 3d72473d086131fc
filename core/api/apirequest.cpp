#include "core/api/apirequest.h"

#include "core/base/peeruser.h"

#include <QFile>
#include <QJsonDocument>

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using SteadyClock = std::chrono::steady_clock;

constexpr qsizetype longestAnswer = 64 << 20;

QString nameOf(const ApiPlace &place)
{
    return place.socket.isEmpty() ? u"on port %1"_s.arg(place.port) : u"at "_s + place.socket;
}

Error unreachable(const ApiPlace &place, const QString &why)
{
    return {ErrorKind::Unreachable, u"the daemon does not answer %1 (%2)"_s.arg(nameOf(place), why)};
}

/// An address of either family.
struct SocketAddress
{
    sockaddr_storage storage{};
    socklen_t size = 0;
};

std::optional<SocketAddress> addressOf(const ApiPlace &place)
{
    SocketAddress address;
    if (place.socket.isEmpty()) {
        auto *four = reinterpret_cast<sockaddr_in *>(&address.storage);
        four->sin_family = AF_INET;
        four->sin_port = htons(place.port);
        address.size = sizeof *four;
        return ::inet_pton(AF_INET, place.address.toLatin1().constData(), &four->sin_addr) == 1 ? std::optional(address)
                                                                                                : std::nullopt;
    }
    auto *local = reinterpret_cast<sockaddr_un *>(&address.storage);
    const QByteArray path = QFile::encodeName(place.socket);
    local->sun_family = AF_UNIX;
    address.size = sizeof *local;
    if (static_cast<std::size_t>(path.size()) >= sizeof local->sun_path)
        return std::nullopt;
    std::memcpy(local->sun_path, path.constData(), static_cast<std::size_t>(path.size()));
    return address;
}

/// One connection with a deadline for all of it.
class Connection
{
public:
    Connection(const ApiPlace &place, std::chrono::milliseconds timeout)
        : m_place(place)
        , m_until(SteadyClock::now() + timeout)
    { }
    ~Connection()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Q_DISABLE_COPY_MOVE(Connection)

    Status open()
    {
        const auto address = addressOf(m_place);
        if (!address)
            return unreachable(m_place, u"that is not an address"_s);
        m_fd = ::socket(address->storage.ss_family, SOCK_STREAM, 0);
        ::fcntl(m_fd, F_SETFD, FD_CLOEXEC);
        ::fcntl(m_fd, F_SETFL, O_NONBLOCK);
        if (::connect(m_fd, reinterpret_cast<const sockaddr *>(&address->storage), address->size) == 0) {
            const bool ours = m_place.socket.isEmpty() || peerUser(m_fd) == ::geteuid();
            return ours ? Status() : unreachable(m_place, u"it is another user's"_s);
        }
        if (errno != EINPROGRESS)
            return unreachable(m_place, qt_error_string(errno));
        AC_TRY(await(POLLOUT));
        int problem = 0;
        socklen_t size = sizeof problem;
        ::getsockopt(m_fd, SOL_SOCKET, SO_ERROR, &problem, &size);
        return problem == 0 ? Status() : unreachable(m_place, qt_error_string(problem));
    }

    Status send(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const auto sent = ::send(m_fd, bytes.data(), static_cast<std::size_t>(bytes.size()), 0);
            if (sent > 0)
                bytes = bytes.sliced(sent);
            else if (errno == EAGAIN || errno == EINTR)
                AC_TRY(await(POLLOUT));
            else
                return unreachable(m_place, qt_error_string(errno));
        }
        return {};
    }

    /// More bytes; none: the other end has closed.
    Result<QByteArray> receive()
    {
        QByteArray buffer(64 << 10, Qt::Uninitialized);
        for (;;) {
            const auto got = ::recv(m_fd, buffer.data(), static_cast<std::size_t>(buffer.size()), 0);
            if (got >= 0)
                return buffer.left(got);
            if (errno != EAGAIN && errno != EINTR)
                return unreachable(m_place, qt_error_string(errno));
            AC_TRY(await(POLLIN));
        }
    }

private:
    Status await(short events) const
    {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_until - SteadyClock::now()).count();
        pollfd wanted{.fd = m_fd, .events = events, .revents = 0};
        if (left > 0 && (::poll(&wanted, 1, static_cast<int>(left)) > 0 || errno == EINTR))
            return {};
        return Error{ErrorKind::Timeout, u"the daemon %1 takes too long to answer"_s.arg(nameOf(m_place))};
    }

    const ApiPlace &m_place;
    const SteadyClock::time_point m_until;
    int m_fd = -1;
};

QByteArray textOf(const ApiPlace &place, const ApiRequest &request)
{
    QByteArray body;
    if (request.method != "GET")
        body = QJsonDocument(request.body).toJson(QJsonDocument::Compact);
    QByteArray text = request.method + ' ' + request.path + " HTTP/1.1\r\nHost: "
        + (place.socket.isEmpty() ? place.address.toLatin1() + ':' + QByteArray::number(place.port) : "localhost")
        + "\r\nUser-Agent: auto-commit/" AC_VERSION
        + "\r\nX-Auto-Commit-Protocol: 1\r\nConnection: close\r\nAccept: application/json\r\n";
    if (!place.token.isEmpty())
        text += "Authorization: Bearer " + place.token + "\r\n";
    if (request.method != "GET")
        text += "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

struct Head
{
    int status = 0;
    qsizetype bodyAt = 0;
    qsizetype length = -1; ///< of the body; -1: up to the end of the connection
};

/// Nothing before the head is complete.
std::optional<Head> parseHead(const QByteArray &answer)
{
    const qsizetype end = answer.indexOf("\r\n\r\n");
    if (end < 0)
        return std::nullopt;
    Head head{.status = answer.mid(9, 3).toInt(), .bodyAt = end + 4};
    for (const QByteArray &line : answer.left(end).split('\n'))
        if (line.toLower().startsWith("content-length:"))
            head.length = line.mid(15).trimmed().toLongLong();
    return head;
}

Result<QJsonObject> understand(const ApiPlace &place, const QByteArray &answer)
{
    const std::optional<Head> head = parseHead(answer);
    if (!head || !answer.startsWith("HTTP/1.") || (head->length > answer.size() - head->bodyAt))
        return unreachable(place, u"what answers there is not auto-commit, or was cut off"_s);
    return meaningOf(head->status, answer.mid(head->bodyAt));
}

} // namespace

Result<QJsonObject> meaningOf(int status, const QByteArray &body)
{
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    if (status < 400)
        return json;
    const QJsonObject error = json[u"error"_s].toObject();
    QString message = error[u"message"_s].toString(u"the daemon answered %1"_s.arg(status));
    if (const QString advice = error[u"advice"_s].toString(); !advice.isEmpty())
        message += u"; "_s + advice;
    const QString kind = error[u"kind"_s].toString();
    if (status == 401 || status == 403)
        return Error{ErrorKind::AuthFailed, message};
    return Error{kind.isEmpty() ? ErrorKind::Unknown : errorKindFromName(kind), message};
}

bool listensAt(const QString &socket)
{
    const ApiPlace place{.socket = socket, .token = {}};
    return !socket.isEmpty() && Connection(place, std::chrono::seconds(1)).open().ok();
}

Result<QJsonObject> askDaemon(const ApiPlace &place, const ApiRequest &request)
{
    Connection connection(place, request.timeout);
    AC_TRY(connection.open());
    AC_TRY(connection.send(textOf(place, request)));
    QByteArray answer;
    for (;;) {
        AC_ASSIGN(const QByteArray more, connection.receive());
        answer += more;
        const std::optional<Head> head = parseHead(answer);
        const bool complete = head && head->length >= 0 && answer.size() >= head->bodyAt + head->length;
        if (more.isEmpty() || complete || answer.size() > longestAnswer)
            return understand(place, answer);
    }
}

} // namespace AutoCommit
