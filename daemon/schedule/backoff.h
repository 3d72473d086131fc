#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>

namespace AutoCommit {

/// How long a repository whose runs fail is left alone by the cycles: one interval, then twice as long each time, an
/// hour at most (SAFETY row 14). A person or a file event does not wait for it.
class BackOff
{
public:
    void failed(Clock::Monotonic now, std::chrono::seconds interval)
    {
        constexpr std::chrono::seconds longest{3600};
        const auto wait = std::min(longest, interval * (1 << std::min(m_failures, 10)));
        ++m_failures;
        // The cycle that comes when the wait is over must not miss it by the second that its own work took.
        m_until = now + wait - interval / 2;
    }
    void succeeded() { m_failures = 0; }

    bool holds(Clock::Monotonic now) const { return m_failures > 0 && now < m_until; }
    int failures() const { return m_failures; }

private:
    int m_failures = 0;
    Clock::Monotonic m_until{};
};

} // namespace AutoCommit
