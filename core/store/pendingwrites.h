#pragma once

#include "core/store/database.h"

#include <deque>
#include <functional>

namespace AutoCommit {

/// Something to be written: run inside a transaction, perhaps more than once, perhaps long after the call that made it.
/// So it owns what it needs.
struct StoreJob
{
    std::function<Status(Database &)> work = {};
    Durability durability = Durability::Ordinary;
    bool minor = false; ///< the first to go when there is no room: a trace, a count
};

/// What could not be written yet, in order and bounded.
class PendingWrites
{
public:
    explicit PendingWrites(int limit)
        : m_limit(static_cast<std::size_t>(limit))
    { }

    bool isEmpty() const { return m_jobs.empty(); }
    int size() const { return static_cast<int>(m_jobs.size()); }
    qint64 dropped() const { return m_dropped; }

    /// With no room left the oldest minor job goes, and without one the oldest of all.
    void add(StoreJob job);

    /// Writes all of it, many jobs to a transaction. Ends at an error that may pass and keeps what is left; a job that
    /// can never be written is dropped and counted.
    Status flushInto(Database &database);

private:
    Status flushSome(Database &database, std::size_t count);

    std::deque<StoreJob> m_jobs;
    const std::size_t m_limit;
    qint64 m_dropped = 0;
};

} // namespace AutoCommit
