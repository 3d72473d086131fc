#include "core/store/historyqueries.h"

#include "core/store/committable.h"
#include "core/store/hosttable.h"
#include "core/store/pathtable.h"
#include "core/store/releasetable.h"
#include "core/store/repotable.h"
#include "core/store/tracetable.h"

namespace AutoCommit {

Result<Page<CommitRecord>> HistoryQueries::commits(const HistoryFilter &filter)
{
    return ask([&](Database &database) { return CommitTable::list(database, filter); });
}

Result<QList<CommitRecord>> HistoryQueries::commitsBySha(const QString &shaOrPrefix, int limit)
{
    return ask([&](Database &database) { return CommitTable::findBySha(database, shaOrPrefix, limit); });
}

Result<QList<CommitRecord>> HistoryQueries::unverifiedCommits(const QString &host, Timestamp since, int limit)
{
    return ask([&](Database &database) { return CommitTable::unverified(database, host, since, limit); });
}

Result<QList<NeedsPushRecord>> HistoryQueries::needsPush(const QString &host)
{
    return ask([&](Database &database) { return CommitTable::needsPush(database, host); });
}

Result<Statistics> HistoryQueries::statistics(const StatisticsFilter &filter)
{
    return ask([&](Database &database) { return commitStatistics(database, filter); });
}

Result<Page<CycleRecord>> HistoryQueries::cycles(const HistoryFilter &filter)
{
    return ask([&](Database &database) { return TraceTable::cycles(database, filter); });
}

Result<Page<ErrorRecord>> HistoryQueries::standingErrors(const HistoryFilter &filter)
{
    return ask(
        [&](Database &database) { return TraceTable::errors(database, filter, TraceTable::ErrorScope::Standing); });
}

Result<Page<ErrorRecord>> HistoryQueries::allErrors(const HistoryFilter &filter)
{
    return ask([&](Database &database) { return TraceTable::errors(database, filter, TraceTable::ErrorScope::All); });
}

Result<QList<DecisionRecord>> HistoryQueries::decisions(const QString &host, const QString &repo, int limit)
{
    return ask([&](Database &database) { return TraceTable::decisions(database, host, repo, limit); });
}

Result<Page<AuditRecord>> HistoryQueries::audit(const HistoryFilter &filter)
{
    return ask([&](Database &database) { return TraceTable::audit(database, filter); });
}

Result<QList<RepoRecord>> HistoryQueries::repos(const QString &host)
{
    return ask([&](Database &database) { return RepoTable::list(database, host); });
}

Result<std::optional<RepoRecord>> HistoryQueries::repo(const QString &host, const QString &id)
{
    return ask([&](Database &database) { return RepoTable::find(database, host, id); });
}

Result<QList<PauseRecord>> HistoryQueries::pauses(const QString &host)
{
    return ask([&](Database &database) { return RepoTable::pauses(database, host); });
}

Result<std::optional<TrustRecord>> HistoryQueries::trust(const QString &host, const QString &repo)
{
    return ask([&](Database &database) { return RepoTable::trust(database, host, repo); });
}

Result<QList<ExclusionRecord>> HistoryQueries::exclusions(const QString &host, const QString &repo)
{
    return ask([&](Database &database) { return PathTable::exclusions(database, host, repo); });
}

Result<QList<DeferralRecord>> HistoryQueries::deferrals(const QString &host, const QString &repo)
{
    return ask([&](Database &database) { return PathTable::deferrals(database, host, repo); });
}

Result<QList<HostRecord>> HistoryQueries::hosts()
{
    return ask([](Database &database) { return HostTable::hosts(database); });
}

Result<QList<RepoHead>> HistoryQueries::heads(const QString &origin)
{
    return ask([&](Database &database) { return HostTable::heads(database, origin); });
}

Result<Page<ReleaseRecord>> HistoryQueries::releases(const HistoryFilter &filter)
{
    return ask([&](Database &database) { return ReleaseTable::list(database, filter); });
}

Result<QList<ReleaseRecord>> HistoryQueries::releasesDue(const QString &host, Timestamp now)
{
    return ask([&](Database &database) { return ReleaseTable::due(database, host, now); });
}

Result<std::optional<CachedMessage>> HistoryQueries::cachedMessage(const QString &snapshot)
{
    return ask([&](Database &database) { return ReleaseTable::cachedMessage(database, snapshot); });
}

} // namespace AutoCommit
