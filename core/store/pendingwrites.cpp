#include "core/store/pendingwrites.h"

#include "core/store/databaseerror.h"

#include <algorithm>
#include <utility>

namespace AutoCommit {

void PendingWrites::add(StoreJob job)
{
    if (m_jobs.size() >= m_limit) {
        const auto minor = std::ranges::find_if(m_jobs, &StoreJob::minor);
        if (!m_jobs.empty())
            m_jobs.erase(minor != m_jobs.end() ? minor : m_jobs.begin());
        ++m_dropped;
    }
    m_jobs.push_back(std::move(job));
}

Status PendingWrites::flushSome(Database &database, std::size_t count)
{
    const auto end = m_jobs.begin() + static_cast<std::ptrdiff_t>(count);
    const bool durable
        = std::any_of(m_jobs.begin(), end, [](const StoreJob &job) { return job.durability == Durability::Durable; });
    const auto work = [&]() -> Status {
        for (auto job = m_jobs.begin(); job != end; ++job)
            AC_TRY(job->work(database));
        return {};
    };
    AC_TRY(database.transaction(durable ? Durability::Durable : Durability::Ordinary, work));
    m_jobs.erase(m_jobs.begin(), end);
    return {};
}

Status PendingWrites::flushInto(Database &database)
{
    constexpr std::size_t batch = 500;
    bool oneByOne = false;
    while (!m_jobs.empty()) {
        const std::size_t count = oneByOne ? 1 : std::min(batch, m_jobs.size());
        Status flushed = flushSome(database, count);
        if (flushed)
            continue;
        if (mayPass(flushed.error()))
            return flushed;
        oneByOne = count > 1; // one of them is the culprit: look for it, then go on as before
        if (count > 1)
            continue;
        m_jobs.pop_front();
        ++m_dropped;
    }
    return {};
}

} // namespace AutoCommit
