#include "core/inference/waiting.h"

#include <algorithm>

namespace AutoCommit {

using namespace std::chrono_literals;

void WaitPoint::update(const std::function<void()> &change)
{
    const std::lock_guard lock(m_mutex);
    change();
    m_changed.notify_all(); // with the lock: who waits for the change may destroy this at once
}

Woken WaitPoint::wait(const std::function<bool()> &ready, Time until, const Stop &stop)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (ready())
            return Woken::Ready;
        if (stop.requested())
            return Woken::Stopped;
        const Time now = std::chrono::steady_clock::now();
        if (now >= until)
            return Woken::TimedOut;
        // A token is a flag, not an event, so it is looked at.
        m_changed.wait_until(lock, std::min(until, now + 20ms));
    }
}

Woken pauseUntil(WaitPoint::Time until, const Stop &stop)
{
    WaitPoint nobody;
    return nobody.wait([] { return false; }, until, stop);
}

} // namespace AutoCommit
