#pragma once

#include "core/base/cancel.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace AutoCommit {

/// Who may end a wait early: the caller's token and the client's own shutdown.
struct Stop
{
    CancelToken call;
    CancelToken client;

    bool requested() const { return call.isCancelled() || client.isCancelled(); }
};

enum class Woken {
    Ready,
    Stopped,
    TimedOut,
};

/// A lock with a condition: the one way a thread waits in this folder. Neither function runs an event loop.
class WaitPoint
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Changes what is guarded and wakes everybody who waits.
    void update(const std::function<void()> &change);

    /// Returns when `ready` is true (it is called with the lock held), when stopped (seen within 20 ms), or at `until`.
    Woken wait(const std::function<bool()> &ready, Time until, const Stop &stop);

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

/// Nothing can make this ready; for a pause between two tries.
Woken pauseUntil(WaitPoint::Time until, const Stop &stop);

} // namespace AutoCommit
