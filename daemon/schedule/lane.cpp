#include "daemon/schedule/lane.h"

namespace AutoCommit {

Lane::Lane(int threads)
{
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { work(); });
}

Lane::~Lane()
{
    {
        const std::lock_guard guard(m_mutex);
        m_ending = true;
        m_jobs.clear();
        m_changed.notify_all();
    }
    for (std::thread &thread : m_threads)
        thread.join();
}

void Lane::post(std::function<void()> job)
{
    const std::lock_guard guard(m_mutex);
    m_jobs.push_back(std::move(job));
    m_changed.notify_one();
}

bool Lane::isIdle() const
{
    const std::lock_guard guard(m_mutex);
    return m_jobs.empty() && m_running == 0;
}

void Lane::work()
{
    std::unique_lock guard(m_mutex);
    for (;;) {
        m_changed.wait(guard, [this] { return m_ending || !m_jobs.empty(); });
        if (m_ending)
            return;
        const std::function<void()> job = std::move(m_jobs.front());
        m_jobs.pop_front();
        ++m_running;
        guard.unlock();
        job();
        guard.lock();
        --m_running;
    }
}

} // namespace AutoCommit
