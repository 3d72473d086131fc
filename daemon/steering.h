#pragma once

#include "core/base/error.h"
#include "core/base/result.h"
#include "core/config/settingsloader.h"
#include "core/service/surroundings.h"
#include "core/store/records.h"
#include "core/store/reporecords.h"

#include <QObject>

#include <functional>
#include <optional>

namespace AutoCommit {

class StoreThread;

/// One repository as the daemon knows it now: what the history says, and what is going on.
struct RepoSnapshot
{
    RepoRecord record = {};
    qint64 excluded = 0; ///< paths left out at the moment
    std::optional<ErrorRecord> error = {}; ///< that stands
    bool running = false;
    QString stage = {}; ///< of the run that goes on
    std::optional<Timestamp> changedAt = {}; ///< a file event that no run has looked at yet
};

/// The cycle that goes on, or the last one.
struct CycleProgress
{
    qint64 number = 0; ///< 0: none yet
    bool running = false;
    QString reason = {}; ///< timer, event, webhook, user, start
    std::optional<Timestamp> startedAt = {};
    std::optional<Timestamp> finishedAt = {};
    std::optional<Timestamp> nextAt = {}; ///< none while paused or running
    qint64 done = 0;
    qint64 total = 0;
};

struct WatchSnapshot
{
    bool events = false; ///< false: sweeps only
    qint64 directories = 0; ///< watched
    QString note = {}; ///< why not everything is watched, for people
};

struct CoordinatorSnapshot
{
    QString url = {}; ///< without user information
    QString state = {}; ///< "ok", "down", "unset", "unknown"
    std::optional<Timestamp> checkedAt = {};
};

struct DaemonSnapshot
{
    QString name = {};
    QString host = {};
    Timestamp startedAt = {};
    QString state = {}; ///< "starting", "idle", "working", "paused", "attention", "stopping"
    std::optional<PauseRecord> pause = {}; ///< of everything
    QList<HoldSnapshot> holds = {};
    CycleProgress cycle = {};
    WatchSnapshot watch = {};
    CoordinatorSnapshot coordinator = {};
    QStringList notes = {}; ///< what a person should know, for instance a history that could not be opened
};

/// The answer to an undo: which commit undid it, or that it was taken back before anyone saw it.
struct UndoDone
{
    QString sha = {}; ///< of the commit that reverts; empty for a soft undo
    bool soft = false; ///< the commit is gone, its changes are in the work tree
};

/// The running daemon as its HTTP side sees it. Lives on the main thread; no call blocks on git, the network or a run.
/// Errors are for people; ErrorKind::Usage: the caller asked for something that is not there or makes no sense.
class Steering : public QObject
{
    Q_OBJECT

public:
    ~Steering() override = default;

    virtual DaemonSnapshot status() const = 0;
    virtual QList<RepoSnapshot> repos() const = 0;
    virtual std::optional<RepoSnapshot> repo(const QString &id) const = 0;
    virtual const LoadedSettings &settings() const = 0;
    virtual StoreThread &history() = 0; ///< the one writer of the history

    virtual Result<qint64> startCycle(const QString &reason) = 0; ///< the number of the cycle, also of a running one
    virtual Status syncRepo(const QString &id, const QString &reason) = 0;
    /// Runs every checkout of this normalised origin. Answers how many there are.
    virtual Result<int> syncOrigin(const QString &origin, const QString &reason) = 0;
    virtual Status pause(const PauseRecord &pause) = 0; ///< `repo` empty: everything
    virtual Status resume(const QString &repo) = 0; ///< empty: everything
    virtual void undo(const QString &repo, const QString &sha, std::function<void(Result<UndoDone>)> done) = 0;
    virtual Status reload() = 0;
    virtual void shutdown() = 0; ///< returns at once; running work gets up to 10 s

Q_SIGNALS:
    void statusChanged();
    void repoChanged(const QString &id);
    void committed(const CommitRecord &commit);
    void errorSeen(const ErrorRecord &error);
    void cycleFinished(const CycleRecord &cycle);
};

} // namespace AutoCommit
