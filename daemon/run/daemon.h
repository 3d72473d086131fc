#pragma once

#include "core/store/storethread.h"
#include "daemon/api/doctorcheck.h"
#include "daemon/release/registrychecker.h"
#include "daemon/run/eventsource.h"
#include "daemon/run/historian.h"
#include "core/service/surroundings.h"
#include "daemon/schedule/scheduler.h"
#include "daemon/schedule/sleepwatch.h"
#include "daemon/steering.h"

#include <QTimer>

namespace AutoCommit {

struct DaemonOptions
{
    QString name;
    QStringList roots; ///< absolute
    bool recursive = false;
    std::chrono::seconds interval{0}; ///< 0: the setting
};

/// The running daemon: scheduler, worker lanes, file events and history put together. Everything but the workers' jobs
/// happens on the thread that made it; nothing here waits.
class Daemon final : public Steering, private Crew
{
    Q_OBJECT

public:
    Daemon(DaemonOptions options, SettingSources sources, std::shared_ptr<const RunKit> kit,
           const ProcessRunner &processes, const Clock &clock,
           SurroundingSources surroundings = SurroundingSources::ofThisSystem());
    ~Daemon() override;

    void start(); ///< opens the history and begins the first cycle

    DaemonSnapshot status() const override;
    QList<RepoSnapshot> repos() const override;
    std::optional<RepoSnapshot> repo(const QString &id) const override;
    const LoadedSettings &settings() const override { return m_kit->loaded(); }
    StoreThread &history() override { return m_store; }
    Result<qint64> startCycle(const QString &reason) override;
    AutoCommit::Status syncRepo(const QString &id, const QString &reason) override;
    Result<int> syncOrigin(const QString &origin, const QString &reason) override;
    AutoCommit::Status pause(const PauseRecord &pause) override;
    AutoCommit::Status resume(const QString &repo) override;
    void undo(const QString &repo, const QString &sha, std::function<void(Result<UndoDone>)> done) override;
    AutoCommit::Status reload() override;
    void shutdown() override;

    /// Everything `commits doctor` looks at, or one repository; `done` is called later on this thread.
    void examine(const QString &repo, std::function<void(QList<Check>)> done);

Q_SIGNALS:
    void reloaded(); ///< settings() has changed
    void beat(); ///< every ten seconds
    void finished(bool orderly); ///< after shutdown(); not orderly: something had to be cut off

private:
    void survey(const QString &id) override;
    void work(const QString &id) override;
    void job(const QString &id) override;
    void cycleDue() override;
    void cycleEnded(const CycleState &cycle) override;

    SchedulerOptions schedulerOptions() const;
    void connectParts();
    void discover(const QString &reason, OnBehalf whose = OnBehalf::Nobody);
    void discovered(const QList<RepoUnit> &units, const QString &reason);
    void took(const UnitReport &report);
    bool isJustBusy(KnownRepo &repo, const UnitReport &report) const;
    RunOutcome outcomeOf(const UnitReport &report) const;
    void publish(const QString &id, const Historian::News &news);
    void applyPauses();
    bool isWaitingForPauses() const;
    void setPause(const QString &repo, const std::optional<PauseRecord> &pause);
    Workshop::Reach reachOf(const QString &id) const;
    void lookAround();
    void endPauses();
    void heartbeat();
    void lookAtModels();
    void arm();
    void tick();
    void waitForEnd();

    const DaemonOptions m_options;
    const SettingSources m_sources;
    const ProcessRunner &m_processes;
    const Clock &m_clock;
    std::shared_ptr<const RunKit> m_kit;
    StoreThread m_store;
    Historian m_historian;
    Catalog m_catalog;
    Scheduler m_scheduler;
    Workshop m_workshop;
    EventSource m_events;
    RegistryChecker m_registries;
    Surroundings m_surroundings;
    SleepWatch m_sleep;
    QTimer m_wake;
    QTimer m_heartbeat;

    Timestamp m_startedAt;
    std::optional<PauseRecord> m_pause;
    CycleRecord m_cycle; ///< that goes on, or went on last
    QHash<QString, QString> m_reasons; ///< why a repository runs outside of a cycle
    QHash<QString, QList<std::function<void()>>> m_jobs;
    int m_rowsUnsaved = 0; ///< cycles since all rows were written
    bool m_toRestore = false; ///< the history has not told yet what it knows of new repositories
    bool m_discovering = false;
    bool m_personWaits = false; ///< for the cycle that is being prepared
    bool m_stopping = false;
    bool m_closed = false; ///< the history: it ends when everything is in it
    Clock::Monotonic m_stopBy{};
    Clock::Monotonic m_upkeepAt{};
    Clock::Monotonic m_lookAt{}; ///< when the model servers are asked how they are
    std::chrono::seconds m_lookEvery{20}; ///< while commits wait
    bool m_looking = false;
    bool m_pausesKnown = false; ///< the history has said once who is paused
    bool m_pausesGivenUp = false; ///< it is not waited for any more
    Clock::Monotonic m_openedAt = {};
};

} // namespace AutoCommit
