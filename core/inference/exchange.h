#pragma once

#include "core/inference/httpthread.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QPointer>
#include <QTimer>

class QNetworkAccessManager;

namespace AutoCommit {

/// One HTTP request under way, in the HTTP thread: watches its deadlines and hands its body on. Ends exactly once, and
/// then calls `ended` from within.
class Exchange final : public QObject
{
    Q_OBJECT

public:
    using Ended = std::function<void(const HttpOutcome &)>;

    Exchange(const HttpRequest &request, std::shared_ptr<HttpReader> reader, Ended ended, QObject *parent);
    ~Exchange() override;

    void start(QNetworkAccessManager &network);
    void abort();

private:
    void enter(HttpEnd atTimeout, std::chrono::milliseconds limit);
    void headCame();
    void bodyCame();
    void replyFinished();
    void judgeCertificate(); ///< of a server that the system does not vouch for
    void finish(HttpEnd end); ///< and deletes itself later
    void conclude(HttpEnd end);
    bool hasHead() const { return m_outcome.status != 0; }

    HttpRequest m_request;
    std::shared_ptr<HttpReader> m_reader;
    Ended m_ended;
    QPointer<QNetworkReply> m_reply; ///< belongs to the network object
    QTimer m_phase; ///< the deadline of the phase the exchange is in
    QTimer m_total;
    HttpEnd m_atTimeout = HttpEnd::ConnectTimeout;
    QElapsedTimer m_clock;
    HttpOutcome m_outcome;
    bool m_settled = false;
    bool m_finished = false;
};

} // namespace AutoCommit
