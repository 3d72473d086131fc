#include "tests/support/sshhub.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace AutoCommit::Testing {

using namespace Qt::StringLiterals;

namespace {

const QString serverProgram = u"/usr/sbin/sshd"_s;

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

int listenOnLoopback(quint16 &port)
{
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *where = reinterpret_cast<sockaddr *>(&address);
    if (::bind(listening, where, length) != 0 || ::listen(listening, 64) != 0
        || ::getsockname(listening, where, &length) != 0)
        qFatal("no listening socket");
    port = ntohs(address.sin_port);
    return listening;
}

} // namespace

bool SshHub::isAvailable()
{
    return QFile::exists(serverProgram);
}

SshHub::SshHub(const World &world)
    : m_world(world)
{
    QDir().mkpath(world.path(u"ssh"_s));
    if (::geteuid() == 0)
        QDir().mkpath(u"/run/sshd"_s); // where a server that runs as root separates its privileges
    makeKey(u"host"_s);
    makeKey(u"user"_s);
    write(dir(u"authorized"_s), contentOf(dir(u"user.pub"_s)));
    ::close(listenOnLoopback(m_port)); // nothing tells sshd to choose a port and say which
    write(dir(u"sshd_config"_s),
          "ListenAddress 127.0.0.1:" + QByteArray::number(m_port) + "\nHostKey " + dir(u"host"_s).toUtf8()
              + "\nAuthorizedKeysFile " + dir(u"authorized"_s).toUtf8()
              + "\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
                "PermitRootLogin yes\nPidFile none\nLogLevel VERBOSE\nMaxStartups 100\nMaxSessions 100\n"
                "AcceptEnv GIT_PROTOCOL\n");
    m_server.setStandardErrorFile(dir(u"log"_s));
    m_server.start(serverProgram, {u"-D"_s, u"-e"_s, u"-f"_s, dir(u"sshd_config"_s)});
    if (!m_server.waitForStarted()
        || !QTest::qWaitFor([this] { return contentOf(dir(u"log"_s)).contains("listening on"); }, 10'000))
        qFatal("sshd: %s", contentOf(dir(u"log"_s)).constData());
    write(dir(u"known"_s), "[127.0.0.1]:" + QByteArray::number(m_port) + ' ' + contentOf(dir(u"host.pub"_s)));
    configureClient();
    QFile config(world.path(u"home/.gitconfig"_s));
    if (!config.open(QIODevice::Append))
        qFatal("no git configuration");
    config.write("[core]\n\tsshCommand = ssh -F " + dir(u"config"_s).toUtf8() + '\n');
}

SshHub::~SshHub()
{
    stop();
}

void SshHub::stop()
{
    m_server.terminate();
    m_server.waitForFinished();
}

void SshHub::makeKey(const QString &name, const QString &passphrase) const
{
    QFile::remove(dir(name));
    if (QProcess::execute(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, passphrase, u"-f"_s, dir(name)})
        != 0)
        qFatal("no key");
}

void SshHub::configureClient(const QStringList &extra, quint16 port) const
{
    QByteArray lines = "Host hub\nHostName 127.0.0.1\nPort " + QByteArray::number(port == 0 ? m_port : port)
        + "\nIdentityFile " + dir(u"user"_s).toUtf8() + "\nIdentitiesOnly yes\nIdentityAgent none\nUserKnownHostsFile "
        + dir(u"known"_s).toUtf8() + "\nGlobalKnownHostsFile none\n";
    for (const QString &line : extra)
        lines += line.toUtf8() + '\n';
    write(dir(u"config"_s), lines);
}

void SshHub::forgetHostKey() const
{
    write(dir(u"known"_s), "");
}

void SshHub::lockKey() const
{
    if (QProcess::execute(u"ssh-keygen"_s,
                          {u"-q"_s, u"-p"_s, u"-P"_s, {}, u"-N"_s, u"secret"_s, u"-f"_s, dir(u"user"_s)})
        != 0)
        qFatal("the key cannot be locked");
}

int SshHub::connections() const
{
    return static_cast<int>(contentOf(dir(u"log"_s)).count("Accepted publickey"));
}

DumbServer::DumbServer(std::chrono::milliseconds interval)
    : m_socket(listenOnLoopback(m_port))
{
    m_thread = std::jthread([this, interval](const std::stop_token &stop) { serve(stop, interval); });
}

DumbServer::~DumbServer()
{
    m_thread = {};
    ::close(m_socket);
}

void DumbServer::serve(const std::stop_token &stop, std::chrono::milliseconds interval)
{
    std::vector<int> clients;
    auto next = std::chrono::steady_clock::now() + interval;
    while (!stop.stop_requested()) {
        pollfd waiting{.fd = m_socket, .events = POLLIN, .revents = 0};
        if (::poll(&waiting, 1, 10) == 1) {
            clients.push_back(::accept(m_socket, nullptr, nullptr));
            ++m_accepted;
        }
        if (interval.count() > 0 && std::chrono::steady_clock::now() >= next) {
            next += interval;
            for (const int client : clients)
                (void)::send(client, "S", 1, MSG_NOSIGNAL);
        }
    }
    std::ranges::for_each(clients, ::close);
}

} // namespace AutoCommit::Testing
