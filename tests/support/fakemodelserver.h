#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

class QThread;

namespace AutoCommit {

struct SeenRequest
{
    QByteArray verb;
    QByteArray path;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;

    QJsonObject json() const;
    /// Content of the last message with that role.
    QString message(const QString &role) const;
};

/// One thing a server does with a connection.
struct WireStep
{
    enum class Do {
        Send,
        Pause, ///< for `time`
        Hold, ///< until release() is called
        Close, ///< FIN
        Reset, ///< RST
    };
    Do what = Do::Close;
    QByteArray bytes{};
    std::chrono::milliseconds time{0};
};

/// What a server does with one request, byte for byte. Without a Close or Reset at the end the connection stays open
/// and silent.
using WireScript = QList<WireStep>;

/// A model server of bytes on a loopback port, in a thread of its own: it says what it is told to, right or wrong, and
/// keeps what it was asked.
class FakeModelServer
{
public:
    using Responder = std::function<WireScript(const SeenRequest &)>;

    FakeModelServer();
    ~FakeModelServer();
    FakeModelServer(const FakeModelServer &) = delete;
    FakeModelServer &operator=(const FakeModelServer &) = delete;

    QString baseUrl() const;

    /// For the next POST to /v1/chat/completions that has no script yet. After the last one the server answers "ok".
    void onChat(const WireScript &script);
    /// For every request to `path`. Others than the chat get 404 unless told.
    void onPath(const QByteArray &path, const WireScript &script);
    /// Decides over every chat request for which onChat() has nothing; called in the server's thread.
    void setResponder(Responder responder);
    /// Lets every connection that holds go on, also those to come.
    void release();
    /// No new connections, and the open ones are cut; listen() again takes the same port.
    void stop();
    void listen();

    /// Requests that have been read whole, in their order.
    QList<SeenRequest> requests() const;
    QList<SeenRequest> chats() const;
    /// Connections whose other end has closed.
    int disconnects() const;

    /// Waits until there are as many, at most 20 s.
    bool awaitChats(int count);
    bool awaitDisconnects(int count);

private:
    class Core;

    std::unique_ptr<QThread> m_thread;
    Core *m_core; ///< lives in the thread
};

} // namespace AutoCommit
