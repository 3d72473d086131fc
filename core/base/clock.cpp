#include "core/base/clock.h"

#include <thread>

namespace AutoCommit {

Clock::Wall SystemClock::wall() const
{
    return std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now());
}

Clock::Monotonic SystemClock::monotonic() const
{
    return std::chrono::steady_clock::now();
}

void SystemClock::sleepFor(std::chrono::milliseconds time) const
{
    std::this_thread::sleep_for(time);
}

} // namespace AutoCommit
