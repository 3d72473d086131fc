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

qint64 Scheduler::beginCycle(const QString &reason, OnBehalf whose)
{
    const bool asked = whose == OnBehalf::Person;
    if (m_held && !asked) {
        m_cycleAsked = false;
        m_nextCycle = m_clock.monotonic();
        return m_cycle.number;
    }
    if (m_cycle.running)
        endCycle();
    m_cycle = {.number = m_cycle.number + 1, .running = true, .reason = reason};
    const bool everybody
        = reason != QStringLiteral("timer") || (m_cycle.number - 1) % std::max(1, m_options.safetySweep) == 0;
    for (const QString &id : std::as_const(m_order)) {
        Repo &repo = m_repos[id];
        const bool askedBefore = std::exchange(repo.asked, repo.asked || asked);
        if (!joins(repo, everybody)) {
            repo.asked = askedBefore;
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

void Scheduler::request(const QString &id, OnBehalf whose)
{
    const auto repo = m_repos.find(id);
    if (repo == m_repos.end())
        return;
    const bool asked = whose == OnBehalf::Person;
    const bool atWork = repo->phase == Phase::Surveying || repo->phase == Phase::Working;
    if (m_held && !asked && !atWork) {
        repo->quiet = false; // the cycle after the hold takes it
        return;
    }
    if (atWork) {
        repo->again = true;
        repo->askedAgain = repo->askedAgain || asked;
    } else {
        repo->asked = repo->asked || asked;
        if (repo->phase == Phase::Idle)
            queueSurvey(id, *repo, true);
    }
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
    repo.askedAgain = repo.asked;
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
    repo.asked = std::exchange(repo.askedAgain, false);
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
        return queueJob(id, repo);
    const bool again = std::exchange(repo.again, false);
    if (again && m_held && !repo.asked)
        repo.quiet = false;
    else if (again)
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

void Scheduler::hold(bool held)
{
    if (std::exchange(m_held, held) == held)
        return;
    if (held) {
        for (auto repo = m_repos.begin(); repo != m_repos.end(); ++repo)
            if (!repo->asked && (repo->phase == Phase::SurveyQueued || repo->phase == Phase::WorkQueued))
                standBack(repo.key(), *repo);
        return;
    }
    cycleSoon(std::chrono::seconds(0));
    fillSlots();
}

/// Out of the queue; the cycle after the hold takes it.
void Scheduler::standBack(const QString &id, Repo &repo)
{
    m_surveys.remove(id);
    m_works.remove(id);
    repo.phase = Phase::Idle;
    repo.urgent = false;
    repo.quiet = false;
    leaveCycle(repo);
}

bool Scheduler::isAsked(const QString &id) const
{
    const auto repo = m_repos.constFind(id);
    return repo != m_repos.constEnd() && repo->asked;
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
    if (m_allPaused || m_held || m_stopped || m_cycleAsked)
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

} // namespace AutoCommit
