#pragma once

#include "core/inference/chat.h"
#include "core/inference/waiting.h"

#include <array>
#include <deque>
#include <memory>

namespace AutoCommit {

/// Lets as many requests as a server should see at once through to it, the higher class first, in order within a
/// class. Thread-safe.
class RequestQueue
{
public:
    /// Holding one is being let through; its end lets the next one go.
    class Turn
    {
    public:
        explicit Turn(RequestQueue &queue)
            : m_queue(&queue)
        { }
        ~Turn();
        Turn(const Turn &) = delete;
        Turn &operator=(const Turn &) = delete;

    private:
        RequestQueue *m_queue;
    };

    explicit RequestQueue(int atOnce)
        : m_free(atOnce)
    { }

    /// Waits for a turn; null when stopped or at `until`.
    std::unique_ptr<Turn> enter(RequestClass requestClass, WaitPoint::Time until, const Stop &stop);

    /// How many wait for their turn.
    int waiting();

private:
    using Ticket = std::shared_ptr<int>;

    bool isFirst(const Ticket &ticket) const;
    void remove(const Ticket &ticket);

    WaitPoint m_gate;
    std::array<std::deque<Ticket>, 3> m_waiting; ///< by RequestClass
    int m_free;
};

} // namespace AutoCommit
