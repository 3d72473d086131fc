#include "core/store/storethread.h"

namespace AutoCommit {

namespace {

constexpr std::size_t mostQueued = 20'000; // a day of a busy machine; what is beyond is told again by later runs

} // namespace

StoreThread::StoreThread(StoreOptions options, const Clock &clock, std::chrono::milliseconds patience)
    : m_patience(patience)
    , m_thread([this, options = std::move(options), &clock] { loop(options, clock); })
{ }

StoreThread::~StoreThread()
{
    close();
    m_thread.join();
}

void StoreThread::loop(const StoreOptions &options, const Clock &clock)
{
    Store store(options, clock);
    std::unique_lock guard(m_mutex);
    for (;;) {
        m_changed.wait(guard, [this] { return m_closing || !m_queue.empty(); });
        if (m_queue.empty())
            break;
        const std::function<void(Store &)> work = std::move(m_queue.front());
        m_queue.pop_front();
        guard.unlock();
        work(store);
        const Health after{
            .pending = store.pending(), .problem = store.problem(), .activityLogProblem = store.activityLogProblem()};
        guard.lock();
        ++m_done;
        m_health.pending = after.pending;
        m_health.problem = after.problem;
        m_health.activityLogProblem = after.activityLogProblem;
        m_health.late = m_health.late && !m_queue.empty();
        m_changed.notify_all();
    }
    guard.unlock();
    store.close();
    guard.lock();
    m_ended = true;
}

std::optional<quint64> StoreThread::enqueue(std::function<void(Store &)> work)
{
    const std::lock_guard guard(m_mutex);
    if (m_closing || m_queue.size() >= mostQueued)
        return std::nullopt;
    m_queue.push_back(std::move(work));
    m_changed.notify_all();
    return ++m_last;
}

bool StoreThread::waitFor(quint64 turn, std::chrono::milliseconds patience)
{
    std::unique_lock guard(m_mutex);
    if (m_health.late)
        return false;
    const bool done = m_changed.wait_for(guard, patience, [this, turn] { return m_done >= turn; });
    m_health.late = !done;
    return done;
}

bool StoreThread::isLate() const
{
    const std::lock_guard guard(m_mutex);
    return m_health.late;
}

Error StoreThread::lateError()
{
    return {.kind = ErrorKind::DatabaseBusy,
            .message = QStringLiteral("The history does not answer; what is to be written waits for it.")};
}

StoreThread::Health StoreThread::health() const
{
    const std::lock_guard guard(m_mutex);
    Health health = m_health;
    health.queued = static_cast<qsizetype>(m_last - m_done);
    return health;
}

void StoreThread::close()
{
    const std::lock_guard guard(m_mutex);
    m_closing = true;
    m_changed.notify_all();
}

bool StoreThread::isDone() const
{
    const std::lock_guard guard(m_mutex);
    return m_ended;
}

} // namespace AutoCommit
