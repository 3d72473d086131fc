#include "core/inference/breaker.h"

namespace AutoCommit {

bool Breaker::admit(Time now)
{
    if (m_failures < m_failuresToOpen)
        return true;
    if (m_probing || now < m_openUntil)
        return false;
    m_probing = true;
    return true;
}

void Breaker::succeeded()
{
    m_failures = 0;
    m_probing = false;
}

void Breaker::failed(Time now)
{
    ++m_failures;
    m_probing = false;
    m_openUntil = now + m_openFor;
}

void Breaker::withdrawn()
{
    m_probing = false;
}

bool Breaker::isOpen(Time now) const
{
    return m_failures >= m_failuresToOpen && (m_probing || now < m_openUntil);
}

void Breaker::wake()
{
    m_openUntil = {};
}

} // namespace AutoCommit
