#pragma once

#include "daemon/http/httphandler.h"
#include "daemon/http/requestreader.h"

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTimer>

namespace AutoCommit {

enum class HttpTransport { Plain, Tls, Local };

/// One client: its requests one after the other, each answered before the next is looked at, and its deadlines. Owns
/// the socket; deletes itself when it is over.
class HttpConnection final : public QObject
{
    Q_OBJECT

public:
    /// Tls: an encrypted socket, possibly still shaking hands, which counts as part of the first request's head.
    HttpConnection(QTcpSocket *socket, HttpTransport transport, HttpHandler &handler, const HttpLimits &limits);

    const QHostAddress &peer() const { return m_peer; }
    bool isIdle() const; ///< may be closed for another client's sake: no request of it is complete
    qint64 waitingFor() const { return m_phaseTime.elapsed(); } ///< ms in the present phase
    void answerWith(int status); ///< an error of the server's own; ends the connection
    void close(); ///< at once

    // For Responder and EventChannel.
    bool awaits(quint64 serial) const { return m_phase == Phase::Answering && serial == m_serial; }
    bool streams(quint64 serial) const { return m_phase == Phase::Streaming && serial == m_serial; }
    void answer(const HttpResponse &response);
    bool beginStream(const QByteArray &contentType);
    bool streamOut(const QByteArray &piece);

Q_SIGNALS:
    void closed();

private:
    enum class Phase { Head, Body, Answering, Streaming, Lingering, Gone };

    void enter(Phase phase, std::chrono::milliseconds deadline);
    void readInput();
    void advance();
    bool step();
    bool takeHead();
    bool takeBody();
    void dispatch();
    IncomingRequest requestAtHand() const;
    void onDeadline();
    void checkBodyRate();
    void onWritten();
    void endOutput();
    qint64 unsent() const;
    void log(int status, qsizetype size) const;

    QTcpSocket *m_socket;
    HttpHandler &m_handler;
    const HttpLimits &m_limits;
    RequestReader m_reader;
    QHostAddress m_peer;
    QByteArray m_input;
    QTimer m_deadline; ///< of the phase
    QTimer m_writeDeadline;
    QElapsedTimer m_phaseTime;
    QElapsedTimer m_requestTime;
    qint64 m_bodyBytes = 0; ///< received, of the request at hand
    quint64 m_serial = 0; ///< of the request at hand
    Phase m_phase = Phase::Head;
    const HttpTransport m_transport;
    bool m_advancing = false;
    bool m_closeAfter = false;
};

} // namespace AutoCommit
