#pragma once

#include "core/api/apiclient.h"
#include "tests/support/fakeworld.h"

#include <QTcpServer>

#include <optional>

class QTcpSocket;

namespace AutoCommit::Testing {

struct FakeRequest
{
    QByteArray verb;
    QString path;
    QUrlQuery query;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QJsonObject body;
};

struct FakeReply
{
    int status = 200;
    QByteArray body;
    bool cut = false; ///< close after half of the body
    bool silent = false; ///< never answer
};

/// The HTTP API of a daemon as the wire shows it, over a FakeWorld. Runs in the event loop of the thread it is made in.
class FakeApi : public QObject
{
    Q_OBJECT

public:
    explicit FakeApi(FakeWorld world = normalWorld(), quint16 port = 0);
    ~FakeApi() override;

    FakeWorld world;
    QByteArray token = "a-token-for-tests";
    /// Decides before the world does; nothing: the world answers.
    std::function<std::optional<FakeReply>(const FakeRequest &)> intercept;

    ApiEndpoint endpoint() const;
    QList<FakeRequest> requests() const { return m_requests; }
    int count(const QByteArray &verb, const QString &path) const;
    int streams() const { return static_cast<int>(m_streams.size()); }

    void send(const QString &event, const QJsonObject &data); ///< to every open stream, and into the ring
    void cutStreams();
    void stop(); ///< refuses and cuts everything
    bool listen(); ///< again, on the same port

Q_SIGNALS:
    void requested(const QString &path);

private:
    void accept();
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const FakeRequest &request);
    void openStream(QTcpSocket *socket, const FakeRequest &request);
    FakeReply reply(const FakeRequest &request);
    FakeReply listReply(const FakeRequest &request, const QList<QJsonObject> &items) const;
    FakeReply commitsReply(const FakeRequest &request) const;
    FakeReply commitReply(const QString &sha) const;
    FakeReply controlReply(const FakeRequest &request);
    FakeReply patchReply(const FakeRequest &request);

    QTcpServer m_server;
    quint16 m_port = 0;
    QHash<QTcpSocket *, QByteArray> m_input;
    QList<QTcpSocket *> m_streams;
    QList<std::pair<int, QByteArray>> m_ring;
    QList<FakeRequest> m_requests;
    int m_lastId = 0;
};

} // namespace AutoCommit::Testing
