#include "daemon/schedule/scheduler.h"

// Which of those that wait gets a thread; what makes them wait is in scheduler.cpp.

namespace AutoCommit {

/// Nobody of the family is at work, and nobody waits who goes first.
bool Scheduler::isItsTurn(const QString &id, bool job) const
{
    const auto self = m_repos.constFind(id);
    if (self == m_repos.constEnd() || self->family < 0)
        return true;
    bool before = true;
    for (const QString &other : m_families[self->family]) {
        before = before && other != id;
        const auto repo = m_repos.constFind(other);
        if (other == id || repo == m_repos.constEnd())
            continue;
        const bool atWork = repo->phase == Phase::Surveying || repo->phase == Phase::Working;
        const bool waits = repo->phase == Phase::SurveyQueued || repo->phase == Phase::WorkQueued;
        if (atWork || (before && waits && !job && mayStart(*repo)))
            return false;
    }
    return true;
}

void Scheduler::startSettled()
{
    const auto now = m_clock.monotonic();
    for (auto repo = m_repos.begin(); repo != m_repos.end(); ++repo) {
        if (repo->phase != Phase::Idle || !mayStart(*repo))
            continue;
        if (const auto due = repo->settle.due(m_options.settle); due && *due <= now)
            queueSurvey(repo.key(), *repo, true);
    }
}

void Scheduler::fillSlots()
{
    const auto may = [this](const QString &id) { return isItsTurn(id); };
    while (!m_stopped && !m_allPaused && m_surveying < m_options.surveySlots) {
        const auto id = m_surveys.pop(may);
        if (!id)
            break;
        startSurvey(*id);
    }
    while (!m_stopped && m_working < m_options.workSlots) {
        const auto mayJob = [this](const QString &id) { return isItsTurn(id, true); };
        if (const auto id = m_jobs.pop(mayJob)) // a person asked for it, pause or not
            startJob(*id);
        else if (const auto next = m_allPaused ? std::nullopt : m_works.pop(may))
            startWork(*next);
        else
            break;
    }
}

void Scheduler::startSurvey(const QString &id)
{
    Repo &repo = m_repos[id];
    if (!mayStart(repo)) {
        repo.phase = Phase::Idle;
        repo.asked = false;
        leaveCycle(repo);
        return;
    }
    repo.phase = Phase::Surveying;
    repo.settle.clear();
    repo.touched = false;
    ++m_surveying;
    m_crew.survey(id);
}

void Scheduler::startWork(const QString &id)
{
    Repo &repo = m_repos[id];
    if (!mayStart(repo)) {
        repo.phase = Phase::Idle;
        repo.asked = false;
        leaveCycle(repo);
        return;
    }
    begin(repo);
    m_crew.work(id);
}

void Scheduler::startJob(const QString &id)
{
    Repo &repo = m_repos[id];
    repo.jobWaits = false;
    begin(repo);
    m_crew.job(id);
}

void Scheduler::begin(Repo &repo)
{
    repo.phase = Phase::Working;
    repo.settle.clear();
    repo.touched = false;
    ++m_working;
}

} // namespace AutoCommit
