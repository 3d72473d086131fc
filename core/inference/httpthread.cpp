#include "core/inference/httpthread.h"

#include "core/base/log.h"
#include "core/inference/exchange.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QPointer>
#include <QThread>

#include <optional>
#include <tuple>

namespace AutoCommit {

using namespace std::chrono_literals;

/// Lives in the HTTP thread.
class HttpWorker final : public QObject
{
    Q_OBJECT

public:
    QPointer<Exchange> start(const HttpRequest &request, std::shared_ptr<HttpReader> reader, Exchange::Ended ended)
    {
        auto *exchange = new Exchange(request, std::move(reader), std::move(ended), this);
        // One of its own: a shared one may hand a request to the connection of the reply before, which is just being
        // closed, and then reports a healthy server as one that broke off.
        auto *network = new QNetworkAccessManager(exchange);
        network->setProxy(QNetworkProxy::NoProxy);
        exchange->start(*network);
        return exchange;
    }
};

namespace {

/// What the caller and the HTTP thread share about one request.
struct Call
{
    WaitPoint gate;
    std::optional<HttpOutcome> outcome; ///< guarded by `gate`
    QPointer<Exchange> exchange; ///< used in the HTTP thread only
};

} // namespace

HttpThread::HttpThread() = default;

HttpThread::~HttpThread()
{
    if (!m_thread)
        return;
    m_thread->quit();
    if (m_thread->wait(QDeadlineTimer(8s)))
        return;
    qCWarning(logModel) << "the HTTP thread did not end in time and is left behind";
    std::ignore = m_thread.release(); // destroying a running QThread would abort the program
}

HttpWorker *HttpThread::worker()
{
    const std::lock_guard lock(m_startLock);
    if (!m_thread) {
        m_thread = std::make_unique<QThread>();
        m_thread->setObjectName(QStringLiteral("inference http"));
        m_worker = new HttpWorker;
        m_worker->moveToThread(m_thread.get());
        QObject::connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread->start();
    }
    return m_worker;
}

HttpOutcome HttpThread::perform(const HttpRequest &request, const std::shared_ptr<HttpReader> &reader, const Stop &stop)
{
    HttpWorker *http = worker();
    const auto call = std::make_shared<Call>();
    QMetaObject::invokeMethod(
        http,
        [http, call, request, reader] {
            const auto ended
                = [call](const HttpOutcome &outcome) { call->gate.update([&] { call->outcome = outcome; }); };
            call->exchange = http->start(request, reader, ended);
        },
        Qt::QueuedConnection);

    // The exchange keeps the deadline itself; the second here only covers a thread that has no time for it.
    const Woken woken = call->gate.wait([&] { return call->outcome.has_value(); }, request.until + 1s, stop);
    if (woken == Woken::Ready)
        return *call->outcome;
    QMetaObject::invokeMethod(
        http,
        [call] {
            if (call->exchange)
                call->exchange->abort();
        },
        Qt::QueuedConnection);
    return {.end = woken == Woken::Stopped ? HttpEnd::Stopped : HttpEnd::TotalTimeout};
}

} // namespace AutoCommit

#include "httpthread.moc"
