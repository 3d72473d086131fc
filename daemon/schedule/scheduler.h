#pragma once

#include "daemon/schedule/backoff.h"
#include "daemon/schedule/runqueue.h"
#include "daemon/schedule/settle.h"

#include <QHash>
#include <QStringList>

namespace AutoCommit {

struct SchedulerOptions
{
    std::chrono::seconds interval{180};
    SettleRule settle = {};
    int surveySlots = 4; ///< repositories surveyed at the same time
    int workSlots = 4; ///< repositories committed at the same time
    int safetySweep = 10; ///< every so many cycles nobody is passed over
    int followUps = 3; ///< runs in a row that only the events of the run before asked for
};

/// What a survey or a run found, as far as it decides on what comes next.
struct RunOutcome
{
    bool hasWork = false; ///< of a survey: the whole run is worth it
    bool failed = false;
    bool quiet = false; ///< nothing can be different next time unless a file event says so
    bool unfinished = false; ///< files were still being written
};

struct CycleState
{
    qint64 number = 0; ///< 0: none yet
    bool running = false;
    QString reason = {};
    int total = 0; ///< repositories it looks at
    int done = 0;
    int passedOver = 0; ///< quiet, backing off, paused or at work already
};

/// Carries out what the scheduler decides. Answers later by surveyed(), worked() and jobDone(), never from within.
class Crew
{
public:
    virtual ~Crew() = default;
    virtual void survey(const QString &repo) = 0;
    virtual void work(const QString &repo) = 0;
    virtual void job(const QString &repo) = 0; ///< something else that wants the repository for itself
    virtual void cycleDue() = 0; ///< find the repositories, then setRepos() and beginCycle()
    virtual void cycleEnded(const CycleState &cycle) = 0;
};

/// On whose account something runs: what nobody asked for waits while the scheduler is held.
enum class OnBehalf { Nobody, Person };

/// Who runs when: cycles, file events, requests; one run per repository, a bounded number of surveys and of runs at a
/// time. A waiting run takes nothing from the surveys: two lanes (with one pool of four and a slow model, 48 clean
/// repositories were looked at after 5.7 s, with two lanes after 0.5 s).
/// Pure bookkeeping without threads or timers: whoever owns it calls tick() when nextWake() has come, on one thread.
class Scheduler
{
public:
    Scheduler(const SchedulerOptions &options, Crew &crew, const Clock &clock);

    void setOptions(const SchedulerOptions &options);
    void setRepos(const QStringList &repos); ///< in the order they are looked at; those at work go when they are done
    /// Repositories that must not be at work at the same time, and in which order: a checkout and its submodules, which
    /// go first. Each repository in one of the lists at most; after setRepos().
    void setFamilies(const QList<QStringList> &families);
    /// Its events can be trusted to come: while it is quiet, cycles may pass it over.
    void setWatched(const QString &repo, bool watched);

    /// Its number; one that still runs ends with its stragglers. One that must not begin now is due when the hold ends.
    qint64 beginCycle(const QString &reason, OnBehalf whose = OnBehalf::Nobody);
    void cycleSoon(std::chrono::seconds delay); ///< the next one is due then, if not sooner
    void changed(const QString &repo); ///< a file event
    /// Run it now; once more if it runs already.
    void request(const QString &repo, OnBehalf whose = OnBehalf::Nobody);
    void requestJob(const QString &repo);

    void surveyed(const QString &repo, const RunOutcome &outcome);
    void worked(const QString &repo, const RunOutcome &outcome);
    void jobDone(const QString &repo);

    void pauseAll(bool paused);
    void pause(const QString &repo, bool paused);
    /// While it lasts nothing starts that no person asked for; what runs goes on. What waited is due when it ends.
    void hold(bool held);
    bool isHeld() const { return m_held; }
    bool isAsked(const QString &repo) const; ///< a person waits for its run
    void stop(); ///< nothing new starts
    bool isBusy() const { return m_surveying + m_working > 0; }
    bool isRunning(const QString &repo) const;

    const CycleState &cycle() const { return m_cycle; }
    std::optional<Clock::Monotonic> nextCycle() const; ///< none while paused or held, or one is being prepared
    std::optional<Clock::Monotonic> nextWake() const;
    void tick();

private:
    enum class Phase { Idle, SurveyQueued, Surveying, WorkQueued, JobQueued, Working };
    struct Repo
    {
        Phase phase = Phase::Idle;
        Settle settle = {};
        BackOff backOff = {};
        bool paused = false;
        bool watched = false;
        bool quiet = false;
        bool gone = false;
        bool urgent = false;
        bool asked = false; ///< by a person, the run that waits or goes on
        bool askedAgain = false; ///< the one after it
        bool again = false; ///< asked for while it ran
        bool touched = false; ///< events came while it ran
        bool jobWaits = false;
        int followUps = 0;
        int family = -1; ///< index
        qint64 cycle = 0; ///< that waits for it
    };

    bool mayStart(const Repo &repo) const
    {
        return !m_stopped && !m_allPaused && !repo.paused && !repo.gone && (!m_held || repo.asked);
    }
    bool joins(const Repo &repo, bool everybody) const;
    void standBack(const QString &id, Repo &repo);
    bool isItsTurn(const QString &id, bool job = false) const;
    void wakeOuter(const QString &id, const Repo &repo);
    void queueSurvey(const QString &id, Repo &repo, bool urgent);
    void queueJob(const QString &id, Repo &repo);
    void finish(const QString &id, const RunOutcome &outcome);
    void leaveCycle(Repo &repo);
    void endCycle();
    void startSettled();
    void fillSlots();
    void startSurvey(const QString &id);
    void startWork(const QString &id);
    void startJob(const QString &id);
    void begin(Repo &repo);

    SchedulerOptions m_options;
    Crew &m_crew;
    const Clock &m_clock;
    QHash<QString, Repo> m_repos;
    QStringList m_order;
    QList<QStringList> m_families;
    RunQueue m_surveys;
    RunQueue m_works;
    RunQueue m_jobs;
    int m_surveying = 0;
    int m_working = 0;
    CycleState m_cycle;
    Clock::Monotonic m_nextCycle;
    bool m_cycleAsked = false;
    bool m_allPaused = false;
    bool m_held = false;
    bool m_stopped = false;
};

} // namespace AutoCommit
