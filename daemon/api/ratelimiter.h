#pragma once

#include "core/base/clock.h"

#include <QHash>
#include <QList>
#include <QString>

namespace AutoCommit {

/// So many a minute for each key; the oldest keys are forgotten when there are very many.
class RateLimiter
{
public:
    RateLimiter(int perMinute, const Clock &clock)
        : m_limit(perMinute)
        , m_clock(clock)
    { }

    void count(const QString &key);
    void giveBack(const QString &key); ///< the newest one was none
    /// Seconds until the next one is allowed; 0: now.
    int retryAfter(const QString &key);

private:
    void forget(Clock::Monotonic now);

    const int m_limit;
    const Clock &m_clock;
    QHash<QString, QList<Clock::Monotonic>> m_seen;
};

} // namespace AutoCommit
