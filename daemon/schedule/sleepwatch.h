#pragma once

#include "core/base/clock.h"

#include <chrono>

namespace AutoCommit {

/// Notices that the machine slept, or that its clock was set forward: the calendar moved further than the monotonic
/// clock, which stands still during sleep. Ask at least as often as one wants to know.
class SleepWatch
{
public:
    explicit SleepWatch(const Clock &clock)
        : m_clock(clock)
        , m_wall(clock.wall())
        , m_monotonic(clock.monotonic())
    { }

    bool slept()
    {
        using namespace std::chrono;
        const auto wall = m_clock.wall();
        const auto monotonic = m_clock.monotonic();
        const auto jump = duration_cast<seconds>(wall - m_wall) - duration_cast<seconds>(monotonic - m_monotonic);
        m_wall = wall;
        m_monotonic = monotonic;
        return jump > seconds(30);
    }

private:
    const Clock &m_clock;
    Clock::Wall m_wall;
    Clock::Monotonic m_monotonic;
};

} // namespace AutoCommit
