#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace AutoCommit {

struct SettleRule
{
    std::chrono::milliseconds quiet{10'000}; ///< nothing was written for this long
    std::chrono::milliseconds cap{60'000}; ///< ... or the first change is this old (PRODUCT section 2)
};

/// When the changes of one repository may be looked at. Moments are monotonic.
class Settle
{
public:
    void changed(Clock::Monotonic now)
    {
        if (!m_first)
            m_first = now;
        m_last = now;
    }

    /// Nothing before there was a change.
    std::optional<Clock::Monotonic> due(const SettleRule &rule) const
    {
        if (!m_first)
            return std::nullopt;
        return std::min(m_last + rule.quiet, *m_first + std::max(rule.cap, rule.quiet));
    }

    bool waits() const { return m_first.has_value(); }
    void clear() { m_first.reset(); }

private:
    std::optional<Clock::Monotonic> m_first;
    Clock::Monotonic m_last{};
};

} // namespace AutoCommit
