#include "core/inference/requestqueue.h"

namespace AutoCommit {

RequestQueue::Turn::~Turn()
{
    m_queue->m_gate.update([this] { ++m_queue->m_free; });
}

std::unique_ptr<RequestQueue::Turn> RequestQueue::enter(RequestClass requestClass, WaitPoint::Time until,
                                                        const Stop &stop)
{
    const Ticket ticket = std::make_shared<int>();
    m_gate.update([&] { m_waiting.at(static_cast<std::size_t>(requestClass)).push_back(ticket); });
    const auto take = [&] {
        if (m_free <= 0 || !isFirst(ticket))
            return false;
        --m_free;
        remove(ticket);
        return true;
    };
    if (m_gate.wait(take, until, stop) == Woken::Ready)
        return std::make_unique<Turn>(*this);
    m_gate.update([&] { remove(ticket); });
    return nullptr;
}

int RequestQueue::waiting()
{
    std::size_t count = 0;
    m_gate.update([&] {
        for (const auto &line : m_waiting)
            count += line.size();
    });
    return static_cast<int>(count);
}

bool RequestQueue::isFirst(const Ticket &ticket) const
{
    for (const auto &line : m_waiting)
        if (!line.empty())
            return line.front() == ticket;
    return false;
}

void RequestQueue::remove(const Ticket &ticket)
{
    for (auto &line : m_waiting)
        std::erase(line, ticket);
}

} // namespace AutoCommit
