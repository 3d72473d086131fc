#pragma once

#include "core/api/apiclient.h"
#include "core/base/ssedecoder.h"

#include <QTimer>

namespace AutoCommit {

/// GET /events of one daemon, kept open: what happens there arrives here. After a break it connects again by itself,
/// waiting longer each time (half a second to 30 s, with some chance in it so that many windows do not come at once),
/// and names the last event it has seen. Silence of 45 s, three times the daemon's comment line, counts as a break.
class EventStream : public QObject
{
    Q_OBJECT

public:
    explicit EventStream(ApiEndpoint endpoint, QObject *parent = nullptr);
    ~EventStream() override;

    void start();
    void stop();
    void setEndpoint(const ApiEndpoint &endpoint); ///< forgets what it has seen; goes on when it was started

    /// Tries at once instead of waiting for the next turn, for instance because the user asks.
    void tryNow();

    bool isOpen() const { return m_open; }
    void setWaits(std::chrono::milliseconds first, std::chrono::milliseconds longest,
                  std::chrono::milliseconds silence);

Q_SIGNALS:
    /// Answered with 200. When `fresh`, events may have been missed: ask for everything once.
    void opened(bool fresh);
    void event(const QString &name, const QJsonObject &data);
    /// Connection lost or refused; comes once for every failed try.
    void lost(const AutoCommit::Error &error);

private:
    void connectNow();
    void readSome();
    void take(const SseEvent &event);
    void ended();
    std::chrono::milliseconds nextWait();

    ApiEndpoint m_endpoint;
    QNetworkAccessManager m_network; ///< its own: a stream holds one of the six connections to a host for ever
    QPointer<QNetworkReply> m_reply;
    SseDecoder m_decoder;
    QTimer m_again;
    QByteArray m_lastId;
    bool m_started = false;
    bool m_open = false;
    int m_failures = 0;
    std::chrono::milliseconds m_first{500};
    std::chrono::milliseconds m_longest{30000};
    std::chrono::milliseconds m_silence{45000};
};

} // namespace AutoCommit
