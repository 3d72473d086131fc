#include "daemon/api/historythread.h"

#include "core/store/historyreader.h"

#include <QThread>

#include <atomic>

namespace AutoCommit {

namespace {

constexpr std::size_t maxWaiting = 256;
constexpr unsigned long patience = 3000; ///< ms

} // namespace

struct HistoryThread::Worker
{
    Worker(const QString &location, const Clock &clock)
        : reader(std::make_unique<HistoryReader>(location, clock))
    { }

    QThread thread;
    QObject seat; ///< lives on the thread: what is posted to it runs there
    std::unique_ptr<HistoryReader> reader; ///< opened, used and destroyed on the thread
    std::atomic_bool stopping = false;
};

HistoryThread::HistoryThread(const QString &location, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_worker(std::make_unique<Worker>(location, clock))
{
    m_worker->thread.setObjectName(QStringLiteral("history"));
    m_worker->seat.moveToThread(&m_worker->thread);
    connect(
        &m_worker->thread, &QThread::finished, &m_worker->seat, [worker = m_worker.get()] { worker->reader.reset(); },
        Qt::DirectConnection);
    m_worker->thread.start();
}

HistoryThread::~HistoryThread()
{
    m_worker->stopping = true;
    m_worker->thread.quit();
    if (!m_worker->thread.wait(patience))
        (void)m_worker.release(); // a server that answers nothing holds its thread; the program ends without it
}

bool HistoryThread::post(Work work, Deliver deliver)
{
    if (m_waiting.size() >= maxWaiting)
        return false;
    const quint64 question = ++m_last;
    m_waiting.emplace(question, std::move(deliver));
    QMetaObject::invokeMethod(
        &m_worker->seat,
        [this, question, worker = m_worker.get(), work = std::move(work)] {
            if (worker->stopping)
                return;
            const std::shared_ptr<void> result = work(*worker->reader);
            if (worker->stopping)
                return; // and nobody is left to be told
            QMetaObject::invokeMethod(
                this, [this, question, result] { this->deliver(question, result); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
    return true;
}

void HistoryThread::deliver(quint64 question, const std::shared_ptr<void> &result)
{
    if (auto entry = m_waiting.extract(question))
        entry.mapped()(result.get());
}

} // namespace AutoCommit
