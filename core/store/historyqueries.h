#pragma once

#include "core/base/result.h"
#include "core/store/historyfilter.h"
#include "core/store/records.h"
#include "core/store/reporecords.h"
#include "core/store/statistics.h"

namespace AutoCommit {

class Database;

/// Everything that can be asked of the history, the same on SQLite and PostgreSQL. Answers are values; a lookup that
/// finds nothing is an empty optional, not an error. Which thread may ask is said by the classes derived from this.
class HistoryQueries
{
public:
    virtual ~HistoryQueries() = default;

    // commits and pushes
    Result<Page<CommitRecord>> commits(const HistoryFilter &filter = {});
    /// By full object name or at least seven characters of it; more than one when hosts or repositories share it.
    Result<QList<CommitRecord>> commitsBySha(const QString &shaOrPrefix, int limit = 20);
    /// Of hosts other than `host`, committed since then, that nobody has seen on the hub; newest first.
    Result<QList<CommitRecord>> unverifiedCommits(const QString &host, Timestamp since, int limit);
    Result<QList<NeedsPushRecord>> needsPush(const QString &host);
    Result<Statistics> statistics(const StatisticsFilter &filter);

    // cycles, errors, the trace
    Result<Page<CycleRecord>> cycles(const HistoryFilter &filter = {});
    Result<Page<ErrorRecord>> standingErrors(const HistoryFilter &filter = {});
    Result<Page<ErrorRecord>> allErrors(const HistoryFilter &filter = {}); ///< also the resolved ones
    Result<QList<DecisionRecord>> decisions(const QString &host, const QString &repo, int limit = 100);
    Result<Page<AuditRecord>> audit(const HistoryFilter &filter = {});

    // repositories; `host` empty = of every host
    Result<QList<RepoRecord>> repos(const QString &host = {});
    Result<std::optional<RepoRecord>> repo(const QString &host, const QString &id);
    Result<QList<PauseRecord>> pauses(const QString &host); ///< also those whose time is over
    Result<std::optional<TrustRecord>> trust(const QString &host, const QString &repo);
    Result<QList<ExclusionRecord>> exclusions(const QString &host, const QString &repo);
    Result<QList<DeferralRecord>> deferrals(const QString &host, const QString &repo);

    // hosts
    Result<QList<HostRecord>> hosts();
    Result<QList<RepoHead>> heads(const QString &origin = {}); ///< of one repository on every host, or all

    // releases and messages
    Result<Page<ReleaseRecord>> releases(const HistoryFilter &filter = {});
    Result<QList<ReleaseRecord>> releasesDue(const QString &host, Timestamp now);
    Result<std::optional<CachedMessage>> cachedMessage(const QString &snapshot);

protected:
    /// The connection, opened if need be.
    virtual Result<Database *> connection() = 0;
    /// After an error: true when asking again is worth it.
    virtual bool recoverFrom(const Error &error) = 0;

    /// Asks, and asks once more when the connection could be made good.
    template <typename Query> auto ask(const Query &query) -> decltype(query(std::declval<Database &>()))
    {
        for (bool again = false;; again = true) {
            auto database = connection();
            if (!database)
                return std::move(database).error();
            auto answer = query(**database);
            if (answer || again || !recoverFrom(answer.error()))
                return answer;
        }
    }
};

} // namespace AutoCommit
