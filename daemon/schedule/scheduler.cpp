#include "daemon/schedule/scheduler.h"

namespace AutoCommit {

Scheduler::Scheduler(const SchedulerOptions &options, Crew &crew, const Clock &clock)
    : m_options(options)
    , m_crew(crew)
    , m_clock(clock)
    , m_nextCycle(clock.monotonic())
{ }

void Scheduler::setOptions(const SchedulerOptions &options)
{
    m_nextCycle += options.interval - m_options.interval;
    m_options = options;
}

void Scheduler::setRepos(const QStringList &repos)
{
    const QSet<QString> stays(repos.begin(), repos.end());
    for (auto repo = m_repos.begin(); repo != m_repos.end();) {
        repo->gone = !stays.contains(repo.key());
        const bool atWork = repo->phase == Phase::Surveying || repo->phase == Phase::Working;
        if (!repo->gone || atWork) {
            ++repo;
            continue;
        }
        m_surveys.remove(repo.key());
        m_works.remove(repo.key());
        leaveCycle(*repo);
        repo = m_repos.erase(repo);
    }
    for (const QString &id : repos)
        if (!m_repos.contains(id))
            m_repos.insert(id, {});
    m_order = repos;
}

void Scheduler::setFamilies(const QList<QStringList> &families)
{
    m_families = families;
    for (Repo &repo : m_repos)
        repo.family = -1;
    for (int i = 0; i < families.size(); ++i)
        for (const QString &id : families[i])
            if (const auto repo = m_repos.find(id); repo != m_repos.end())
                repo->family = i;
}

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

/// What a submodule committed is a change of the checkout it is in, and no file event of that one's.
void Scheduler::wakeOuter(const QString &id, const Repo &repo)
{
    if (repo.family < 0)
        return;
    const QStringList &family = m_families[repo.family];
    for (qsizetype i = family.indexOf(id) + 1; i > 0 && i < family.size(); ++i)
        changed(family[i]);
}

void Scheduler::setWatched(const QString &repo, bool watched)
{
    if (const auto found = m_repos.find(repo); found != m_repos.end())
        found->watched = watched;
}

/// Nobody is looked at in vain, and nobody is forgotten.
bool Scheduler::joins(const Repo &repo, bool everybody) const
{
    if (repo.phase == Phase::SurveyQueued)
        return true;
    if (repo.phase != Phase::Idle || !mayStart(repo))
        return false;
    if (repo.backOff.holds(m_clock.monotonic()))
        return false;
    return everybody || !repo.watched || !repo.quiet || repo.settle.waits();
}

qint64 Scheduler::beginCycle(const QString &reason)
{
    if (m_cycle.running)
        endCycle();
    m_cycle = {.number = m_cycle.number + 1, .running = true, .reason = reason};
    const bool everybody
        = reason != QStringLiteral("timer") || (m_cycle.number - 1) % std::max(1, m_options.safetySweep) == 0;
    for (const QString &id : std::as_const(m_order)) {
        Repo &repo = m_repos[id];
        if (!joins(repo, everybody)) {
            ++m_cycle.passedOver;
            continue;
        }
        repo.cycle = m_cycle.number;
        repo.followUps = 0;
        ++m_cycle.total;
        queueSurvey(id, repo, false);
    }
    m_cycleAsked = false;
    m_nextCycle = m_clock.monotonic() + m_options.interval;
    if (m_cycle.total == 0)
        endCycle();
    fillSlots();
    return m_cycle.number;
}

void Scheduler::cycleSoon(std::chrono::seconds delay)
{
    m_nextCycle = std::min(m_nextCycle, m_clock.monotonic() + delay);
}

void Scheduler::changed(const QString &id)
{
    const auto repo = m_repos.find(id);
    if (repo == m_repos.end())
        return;
    if (repo->phase == Phase::Surveying || repo->phase == Phase::Working) {
        repo->touched = true;
        return;
    }
    repo->followUps = 0;
    repo->quiet = false;
    repo->settle.changed(m_clock.monotonic());
}

void Scheduler::request(const QString &id)
{
    const auto repo = m_repos.find(id);
    if (repo == m_repos.end())
        return;
    if (repo->phase == Phase::Idle)
        queueSurvey(id, *repo, true);
    else
        repo->again = repo->phase == Phase::Surveying || repo->phase == Phase::Working;
    fillSlots();
}

void Scheduler::requestJob(const QString &id)
{
    const auto repo = m_repos.find(id);
    if (repo == m_repos.end())
        return;
    repo->jobWaits = true;
    if (repo->phase != Phase::Surveying && repo->phase != Phase::Working)
        queueJob(id, *repo);
    fillSlots();
}

void Scheduler::queueSurvey(const QString &id, Repo &repo, bool urgent)
{
    repo.phase = Phase::SurveyQueued;
    repo.urgent = repo.urgent || urgent;
    m_surveys.push(id, urgent);
}

void Scheduler::queueJob(const QString &id, Repo &repo)
{
    m_surveys.remove(id);
    m_works.remove(id);
    leaveCycle(repo);
    repo.again = true; // whatever it waited for comes afterwards
    repo.phase = Phase::JobQueued;
    m_jobs.push(id, true);
}

void Scheduler::surveyed(const QString &id, const RunOutcome &outcome)
{
    --m_surveying;
    Repo &repo = m_repos[id];
    if (outcome.hasWork && mayStart(repo)) {
        repo.phase = Phase::WorkQueued;
        m_works.push(id, repo.urgent);
    } else {
        finish(id, outcome);
    }
    fillSlots();
}

void Scheduler::worked(const QString &id, const RunOutcome &outcome)
{
    --m_working;
    wakeOuter(id, m_repos[id]);
    finish(id, outcome);
    fillSlots();
}

void Scheduler::jobDone(const QString &id)
{
    worked(id, {});
}

void Scheduler::finish(const QString &id, const RunOutcome &outcome)
{
    const auto now = m_clock.monotonic();
    Repo &repo = m_repos[id];
    repo.phase = Phase::Idle;
    repo.urgent = false;
    repo.quiet = outcome.quiet && !repo.touched;
    if (outcome.failed)
        repo.backOff.failed(now, m_options.interval);
    else
        repo.backOff.succeeded();
    leaveCycle(repo);
    if (repo.gone) {
        m_repos.remove(id);
        return;
    }
    // Our own writes cause events, too: one look tells them from a user's. A hook that changes files after every
    // commit must not make a loop of it.
    const bool lookAgain = repo.touched || outcome.unfinished;
    if (lookAgain && repo.followUps < m_options.followUps) {
        ++repo.followUps;
        repo.settle.changed(now);
    }
    repo.touched = false;
    if (repo.jobWaits)
        queueJob(id, repo);
    else if (std::exchange(repo.again, false))
        queueSurvey(id, repo, true);
}

void Scheduler::leaveCycle(Repo &repo)
{
    if (repo.cycle != 0 && repo.cycle == m_cycle.number && m_cycle.running) {
        repo.cycle = 0;
        if (++m_cycle.done == m_cycle.total)
            endCycle();
    }
    repo.cycle = 0;
}

void Scheduler::endCycle()
{
    m_cycle.running = false;
    m_crew.cycleEnded(m_cycle);
}

void Scheduler::pauseAll(bool paused)
{
    m_allPaused = paused;
    if (!paused)
        fillSlots();
}

void Scheduler::pause(const QString &id, bool paused)
{
    if (const auto repo = m_repos.find(id); repo != m_repos.end())
        repo->paused = paused;
}

void Scheduler::stop()
{
    m_stopped = true;
}

bool Scheduler::isRunning(const QString &id) const
{
    const auto repo = m_repos.constFind(id);
    return repo != m_repos.constEnd() && (repo->phase == Phase::Surveying || repo->phase == Phase::Working);
}

std::optional<Clock::Monotonic> Scheduler::nextCycle() const
{
    if (m_allPaused || m_stopped || m_cycleAsked)
        return std::nullopt;
    return m_nextCycle;
}

std::optional<Clock::Monotonic> Scheduler::nextWake() const
{
    std::optional<Clock::Monotonic> wake = nextCycle();
    for (const Repo &repo : m_repos) {
        const auto due = repo.phase == Phase::Idle && mayStart(repo) ? repo.settle.due(m_options.settle) : std::nullopt;
        if (due && (!wake || *due < *wake))
            wake = due;
    }
    return wake;
}

void Scheduler::tick()
{
    if (const auto due = nextCycle(); due && m_clock.monotonic() >= *due) {
        m_cycleAsked = true;
        m_crew.cycleDue();
    }
    startSettled();
    fillSlots();
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
