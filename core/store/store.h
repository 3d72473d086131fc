#pragma once

#include "core/store/historyqueries.h"
#include "core/store/retention.h"
#include "core/store/storeoptions.h"

#include "core/base/clock.h"

#include <memory>

namespace AutoCommit {

class StoreEngine;

/// Whether a commit's branch now waits for a push.
enum class PushNeed { None, NeedsPush };

/// The history of this machine (a SQLite file) or of a team (a PostgreSQL database): the only class that writes it.
///
/// Threads: belongs to the thread that made it; any other is answered with ErrorKind::Internal. A call may wait up to
/// `busyTimeout` for another program. Other threads read with a HistoryReader of their own.
///
/// Programs: any number may have the same history open, writing too.
///
/// Errors: none of them is a reason to stop committing; git is the truth and the activity log has the event already.
/// DatabaseBusy, DiskFull, ReadOnly, PermissionDenied, IoError, OutOfResources, Unreachable, AuthFailed,
/// DatabaseDamaged: the row is kept in memory (bounded, the newest stay) and written in order by a later call; do not
/// repeat it. Between two tries 1 to 60 s pass in which calls answer at once. Any other error: nothing was kept.
///
/// Durable calls answer success only when the row survives a power cut: SQLite's log is synced before COMMIT returns,
/// PostgreSQL has flushed its own. They are marked (durable). Other rows survive a kill of the program at any point;
/// a power cut may take the last few of them.
class Store final : public HistoryQueries
{
public:
    Store(StoreOptions options, const Clock &clock);
    ~Store() override; ///< close()
    Q_DISABLE_COPY_MOVE(Store)

    /// Creates the directory (0700) and the file (0600), migrates, takes over what only the activity log has, and sets
    /// a damaged file aside to build a new one from the log. After an error the object works all the same: rows wait in
    /// memory and opening is tried again. DatabaseTooNew and Config: the database stays untouched, and so do rows.
    Result<StoreOpened> open();

    /// Writes what waits, if it can be written now. With `shortLived`, SQLite's log is left for the next program while
    /// it is small, which saves two syncs; otherwise it is worked into the file.
    void close();

    // --- commits and pushes
    /// A commit is known by host, repo and sha: what is known already is neither stored nor logged again. Answers how
    /// many were new. (durable)
    Result<int> recordCommits(const QList<CommitRecord> &commits, PushNeed need = PushNeed::None);
    /// Commits of a branch that a rebase made anew; what is not known is passed over. (durable)
    Status recordRenamed(const RenamedCommits &renamed);
    Status recordPush(const PushRecord &push);
    Status markNeedsPush(const NeedsPushRecord &record); ///< (durable) host, repo, branch, sha, since
    Status clearNeedsPush(const QString &host, const QString &repo, const QString &branch);
    Status recordPushAttempt(const NeedsPushRecord &record); ///< a failed one: lastAttempt, lastError

    // --- cycles, errors, the trace
    Result<qint64> recordCycle(const CycleRecord &record); ///< its id
    /// One occurrence at `lastSeen`; the same cause adds to the row that stands.
    Result<ErrorSeen> recordError(const ErrorRecord &record);
    Result<bool> resolveError(qint64 id, const QString &by); ///< false: there is no such standing error
    /// All that stands for a repository, for instance because its cycle went well. Answers how many.
    Result<int> resolveErrorsOf(const QString &host, const QString &repo, const QString &by);
    /// Of one repository; older ones than the newest `keep` go.
    Status recordDecisions(const QList<DecisionRecord> &records, int keep = Retention().decisionsPerRepo);
    Status recordAudit(const AuditRecord &record); ///< (durable)

    // --- repositories
    Status saveRepos(const QList<RepoRecord> &records); ///< in one transaction
    Status forgetRepo(const QString &host, const QString &id); ///< its commits stay
    Status pause(const PauseRecord &record); ///< (durable)
    Status resume(const QString &host, const QString &repo); ///< (durable)
    Status setTrust(const TrustRecord &record); ///< (durable)
    /// All paths left out at this moment; what stays keeps its firstSeen.
    Status replaceExclusions(const QString &host, const QString &repo, const QList<ExclusionRecord> &standing);
    Status defer(const QString &host, const QString &repo, const QList<QByteArray> &paths, const QString &reason);
    Status clearDeferrals(const QString &host, const QString &repo, const QList<QByteArray> &paths);

    // --- hosts
    Status saveHost(const HostRecord &record);
    Status saveHeads(const QList<RepoHead> &records); ///< in one transaction; older reports change nothing

    // --- releases and messages
    Status saveRelease(const ReleaseRecord &record); ///< (durable)
    Status cacheMessage(const CachedMessage &message);

    // --- upkeep
    /// Once a day or so. Answers how many rows went.
    Result<int> prune(const Retention &retention);
    /// At the start of a daemon and once a day: reads the whole SQLite file (about 20 ms for 1 MB; a HistoryReader can
    /// do that on another thread first) and repairs it if it is damaged; then takes over what the last 1 MB of the
    /// activity log has and the database has not. True: it was sound.
    Result<bool> check();
    Status flush(); ///< writes what waits without regard to the time of the next try
    int pending() const; ///< rows waiting in memory
    qint64 dropped() const; ///< rows that found no room there
    std::optional<Error> problem() const; ///< why rows wait, for status
    std::optional<Error> activityLogProblem() const;

protected:
    Result<Database *> connection() override;
    bool recoverFrom(const Error &error) override;

private:
    std::unique_ptr<StoreEngine> m_engine;
};

} // namespace AutoCommit
