#include "tray/icon/singleinstance.h"

#include "core/config/paths.h"

#include <QFile>

#include <algorithm>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

} // namespace

SingleInstance::SingleInstance(QString runtimeDir, const QString &name, QObject *parent)
    : QObject(parent)
    , m_dir(std::move(runtimeDir))
    , m_socket(m_dir + u'/' + name + u".socket"_s)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection())
            delete socket;
        Q_EMIT knocked();
    });
}

/// To connect is all there is to say. A local socket answers at once or not at all, so a plain call is enough.
bool SingleInstance::knock() const
{
    const QByteArray path = QFile::encodeName(m_socket);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= static_cast<qsizetype>(sizeof address.sun_path))
        return false;
    std::copy(path.begin(), path.end(), address.sun_path);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const bool answered = fd >= 0 && ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    if (fd >= 0)
        ::close(fd);
    return answered;
}

Result<SingleInstance::Place> SingleInstance::claim()
{
    if (!makePrivateDir(m_dir))
        return Error{ErrorKind::IoError, u"%1 cannot be created."_s.arg(m_dir), {}};
    if (knock())
        return Place::Another;
    QLocalServer::removeServer(m_socket); // of a tray that was killed: nobody answered
    if (!m_server.listen(m_socket))
        return Error{ErrorKind::IoError, u"%1 cannot be listened on: %2"_s.arg(m_socket, m_server.errorString()), {}};
    return Place::First;
}

} // namespace AutoCommit
