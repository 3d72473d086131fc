#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace AutoCommit {

/// A fixed number of threads that live as long as it does: a child of git is told to end when the thread that started
/// it ends, so threads must not come and go. Jobs begin in the order they were posted. Any thread may call it.
class Lane
{
public:
    explicit Lane(int threads);
    ~Lane(); ///< waits for the jobs that run; those that do not run yet are dropped
    Lane(const Lane &) = delete;
    Lane &operator=(const Lane &) = delete;

    void post(std::function<void()> job);
    bool isIdle() const; ///< nothing runs and nothing waits
    int threads() const { return static_cast<int>(m_threads.size()); }

private:
    void work();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void()>> m_jobs;
    int m_running = 0;
    bool m_ending = false;
    std::vector<std::thread> m_threads;
};

} // namespace AutoCommit
