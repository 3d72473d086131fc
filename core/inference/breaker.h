#pragma once

#include <chrono>

namespace AutoCommit {

/// Stops asking a server for a model after several failures in a row, and lets a single request through now and then
/// to see whether it is back. Not thread-safe; its owner locks.
class Breaker
{
public:
    using Time = std::chrono::steady_clock::time_point;

    Breaker(int failures, std::chrono::milliseconds openFor)
        : m_failuresToOpen(failures)
        , m_openFor(openFor)
    { }

    /// May a request be sent? In the open state true once per `openFor`: that request is the probe.
    bool admit(Time now);
    void succeeded();
    void failed(Time now);
    /// The request admitted last ended without telling anything about the server (cancelled).
    void withdrawn();
    /// Is it certain that admit() would say no?
    bool isOpen(Time now) const;
    /// The server has been heard from: the next request may be the probe.
    void wake();

private:
    int m_failuresToOpen;
    std::chrono::milliseconds m_openFor;
    int m_failures = 0;
    Time m_openUntil{};
    bool m_probing = false;
};

} // namespace AutoCommit
