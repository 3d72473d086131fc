#pragma once

#include "tests/support/temprepo.h"

#include <QProcess>

#include <atomic>
#include <thread>

namespace AutoCommit::Testing {

/// A real ssh server on loopback with keys of its own, and a user of it whose git is set up for it: repositories of the
/// World are reached as ssh://hub/<absolute path>. Both end with the object.
class SshHub
{
public:
    explicit SshHub(const World &world);
    ~SshHub();

    static bool isAvailable();

    QString url(const QString &path) const { return QStringLiteral("ssh://hub") + path; }
    /// What ssh is told, as lines of ssh_config; given once more it replaces what was said before.
    void configureClient(const QStringList &extra = {}, quint16 port = 0) const;
    void forgetHostKey() const;
    void lockKey() const; ///< puts a passphrase on the user's key
    void stop();
    int connections() const; ///< that were accepted and let in so far
    quint16 port() const { return m_port; }

private:
    void makeKey(const QString &name, const QString &passphrase = {}) const;
    QString dir(const QString &name) const { return m_world.path(QStringLiteral("ssh/") + name); }

    const World &m_world;
    quint16 m_port = 0;
    QProcess m_server;
};

/// Accepts connections and says nothing, or one byte every `interval`.
class DumbServer
{
public:
    explicit DumbServer(std::chrono::milliseconds interval = std::chrono::milliseconds(0));
    ~DumbServer();
    Q_DISABLE_COPY_MOVE(DumbServer)

    quint16 port() const { return m_port; }
    int accepted() const { return m_accepted; }

private:
    void serve(const std::stop_token &stop, std::chrono::milliseconds interval);

    quint16 m_port = 0;
    int m_socket;
    std::atomic_int m_accepted = 0;
    std::jthread m_thread;
};

} // namespace AutoCommit::Testing
