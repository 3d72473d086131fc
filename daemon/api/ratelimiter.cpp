#include "daemon/api/ratelimiter.h"

namespace AutoCommit {

namespace {

constexpr std::chrono::seconds window{60};
constexpr qsizetype maxKeys = 4096;

} // namespace

void RateLimiter::forget(Clock::Monotonic now)
{
    m_seen.removeIf([&](const auto &entry) { return entry.value().isEmpty() || now - entry.value().back() > window; });
    if (m_seen.size() > maxKeys)
        m_seen.clear();
}

void RateLimiter::count(const QString &key)
{
    const auto now = m_clock.monotonic();
    if (m_seen.size() >= maxKeys)
        forget(now);
    QList<Clock::Monotonic> &times = m_seen[key];
    times.append(now);
    while (times.size() > m_limit)
        times.removeFirst();
}

void RateLimiter::giveBack(const QString &key)
{
    if (const auto found = m_seen.find(key); found != m_seen.end() && !found->isEmpty())
        found->removeLast();
}

int RateLimiter::retryAfter(const QString &key)
{
    const auto found = m_seen.constFind(key);
    if (found == m_seen.constEnd() || found->isEmpty() || found->size() < m_limit)
        return 0;
    const auto left = window - (m_clock.monotonic() - found->front());
    return left.count() <= 0 ? 0 : static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

} // namespace AutoCommit
