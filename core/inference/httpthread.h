#pragma once

#include "core/inference/waiting.h"

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

class QThread;

namespace AutoCommit {

class HttpWorker;

struct HttpRequest
{
    QUrl url;
    QByteArray body; ///< empty: GET, else POST of JSON
    QList<std::pair<QByteArray, QByteArray>> headers;
    std::chrono::milliseconds connect{5000};
    std::chrono::milliseconds head{10000}; ///< from sent to the reply's headers
    std::chrono::milliseconds idle{10000}; ///< between two pieces of the body
    std::chrono::milliseconds settle{2000}; ///< for the end of the connection once the reader has all it wants
    WaitPoint::Time until{}; ///< for everything
    QByteArray certificateSha256 = {}; ///< of https: exactly this certificate; empty: what the system's authorities say
};

enum class HttpEnd {
    Complete, ///< the server ended the reply; whether it is whole the reader has to judge
    Enough, ///< the reader wanted no more
    NoConnection,
    Broken, ///< the connection broke before the headers came
    WrongCertificate, ///< nothing was sent
    ConnectTimeout,
    HeadTimeout,
    IdleTimeout,
    TotalTimeout,
    Stopped,
};

struct HttpOutcome
{
    HttpEnd end = HttpEnd::NoConnection;
    int status = 0;
    QByteArray retryAfter;
    QByteArray refusedSha256 = {}; ///< with WrongCertificate: of the one that was shown
    std::chrono::milliseconds untilHead{0};
    std::chrono::milliseconds untilEnd{0};
};

/// Takes a reply's body as it comes, in the HTTP thread.
class HttpReader
{
public:
    enum class Wants {
        More,
        Settled, ///< has all it needs; what the server may add is read for a moment
        Nothing, ///< end the connection
    };
    virtual ~HttpReader() = default;
    virtual Wants read(int status, const QByteArray &piece) = 0;
};

/// A QNetworkAccessManager in a thread of its own, for callers without an event loop. The thread starts with the first
/// request. No redirects, no proxy from the environment, no cookies, no compression, no connection kept for the next
/// request, and a POST that is never sent twice (Qt's own retry is defeated).
class HttpThread
{
public:
    HttpThread();
    /// Ends every request and waits for the thread, eight seconds at most.
    ~HttpThread();
    HttpThread(const HttpThread &) = delete;
    HttpThread &operator=(const HttpThread &) = delete;

    /// Blocks until the request has ended. When stopped it returns at once; the connection is then closed before any
    /// later request of this object is sent. The reader may be called for a moment longer, so it is shared.
    HttpOutcome perform(const HttpRequest &request, const std::shared_ptr<HttpReader> &reader, const Stop &stop);

private:
    HttpWorker *worker();

    std::mutex m_startLock;
    std::unique_ptr<QThread> m_thread;
    HttpWorker *m_worker = nullptr; ///< lives in the thread, which deletes it
};

} // namespace AutoCommit
