#pragma once

#include <chrono>

namespace AutoCommit {

/// Time as the program sees it. Deadlines and intervals use monotonic(), dates use wall(); tests pass a hand-wound one.
class Clock
{
public:
    using Wall = std::chrono::sys_time<std::chrono::nanoseconds>;
    using Monotonic = std::chrono::steady_clock::time_point;

    virtual ~Clock() = default;
    virtual Wall wall() const = 0;
    virtual Monotonic monotonic() const = 0;
    virtual void sleepFor(std::chrono::milliseconds time) const = 0;
};

class SystemClock final : public Clock
{
public:
    Wall wall() const override;
    Monotonic monotonic() const override;
    void sleepFor(std::chrono::milliseconds time) const override;
};

} // namespace AutoCommit
