#include "core/store/store.h"

#include "core/store/activityevents.h"
#include "core/store/committable.h"
#include "core/store/hosttable.h"
#include "core/store/pathtable.h"
#include "core/store/releasetable.h"
#include "core/store/repotable.h"
#include "core/store/storeengine.h"
#include "core/store/tracetable.h"

#include <utility>

namespace AutoCommit {

// A job may run after its call has returned, so every lambda below holds copies, and an answer travels in a shared one.

namespace {

constexpr auto durable = Durability::Durable;
constexpr auto ordinary = Durability::Ordinary;

} // namespace

Store::Store(StoreOptions options, const Clock &clock)
    : m_engine(std::make_unique<StoreEngine>(std::move(options), clock))
{ }

Store::~Store()
{
    close();
}

Result<StoreOpened> Store::open()
{
    return m_engine->open();
}

void Store::close()
{
    m_engine->close();
}

Result<Database *> Store::connection()
{
    return m_engine->connection();
}

bool Store::recoverFrom(const Error &error)
{
    return m_engine->recoverFrom(error);
}

Result<int> Store::recordCommits(const QList<CommitRecord> &commits, PushNeed need)
{
    const bool needsPush = need == PushNeed::NeedsPush;
    const Timestamp now = m_engine->now();
    QList<CommitRecord> news;
    QList<QJsonObject> events;
    for (const CommitRecord &commit : commits) {
        const auto isNews = ask([&](Database &database) { return CommitTable::isNews(database, commit); });
        if (isNews && !*isNews)
            continue;
        news.append(commit);
        events.append(commitEvent(commit, needsPush, now));
    }
    if (news.isEmpty())
        return 0;
    const auto work = [news, needsPush, now](Database &database) -> Status {
        for (const CommitRecord &commit : news) {
            AC_TRY(CommitTable::store(database, commit, now));
            if (needsPush)
                AC_TRY(CommitTable::markNeedsPush(database,
                                                  {.host = commit.host,
                                                   .repo = commit.repo,
                                                   .branch = commit.branch,
                                                   .sha = commit.sha,
                                                   .since = now}));
        }
        return {};
    };
    AC_TRY(m_engine->write({.work = work, .durability = durable}, events));
    return static_cast<int>(news.size());
}

Status Store::recordRenamed(const RenamedCommits &renamed)
{
    return m_engine->write({.work = [renamed](Database &database) { return CommitTable::rename(database, renamed); },
                            .durability = durable},
                           {renamedEvent(renamed, m_engine->now())});
}

Status Store::recordPush(const PushRecord &push)
{
    return m_engine->write({.work = [push](Database &database) { return CommitTable::storePush(database, push); }},
                           {pushEvent(push, m_engine->now())});
}

Status Store::markNeedsPush(const NeedsPushRecord &record)
{
    return m_engine->write(
        {.work = [record](Database &database) { return CommitTable::markNeedsPush(database, record); },
         .durability = durable},
        {needsPushEvent(record, m_engine->now())});
}

Status Store::clearNeedsPush(const QString &host, const QString &repo, const QString &branch)
{
    return m_engine->write(
        {.work = [=](Database &database) { return CommitTable::clearNeedsPush(database, host, repo, branch); }},
        {pushNotNeededEvent(host, repo, branch, m_engine->now())});
}

Status Store::recordPushAttempt(const NeedsPushRecord &record)
{
    return m_engine->write(
        {.work = [record](Database &database) { return CommitTable::notePushAttempt(database, record); },
         .minor = true});
}

Result<qint64> Store::recordCycle(const CycleRecord &record)
{
    const auto id = std::make_shared<qint64>(0);
    AC_TRY(m_engine->write({.work = [record, id](Database &database) -> Status {
                                AC_ASSIGN(*id, TraceTable::storeCycle(database, record));
                                return {};
                            },
                            .minor = true}));
    return *id;
}

Result<ErrorSeen> Store::recordError(const ErrorRecord &record)
{
    const auto seen = std::make_shared<ErrorSeen>();
    AC_TRY(m_engine->write({.work = [record, seen](Database &database) -> Status {
        AC_ASSIGN(*seen, TraceTable::storeError(database, record));
        return {};
    }}));
    return *seen;
}

Result<bool> Store::resolveError(qint64 id, const QString &by)
{
    const auto found = std::make_shared<bool>(false);
    AC_TRY(m_engine->write({.work = [id, by, found, now = m_engine->now()](Database &database) -> Status {
        AC_ASSIGN(*found, TraceTable::resolveError(database, id, by, now));
        return {};
    }}));
    return *found;
}

Result<int> Store::resolveErrorsOf(const QString &host, const QString &repo, const QString &by)
{
    const auto count = std::make_shared<int>(0);
    AC_TRY(m_engine->write({.work = [=, now = m_engine->now()](Database &database) -> Status {
        AC_ASSIGN(*count, TraceTable::resolveErrorsOf(database, host, repo, by, now));
        return {};
    }}));
    return *count;
}

Status Store::recordDecisions(const QList<DecisionRecord> &records, int keep)
{
    return m_engine->write(
        {.work = [records, keep](Database &database) { return TraceTable::storeDecisions(database, records, keep); },
         .minor = true});
}

Status Store::recordAudit(const AuditRecord &record)
{
    return m_engine->write({.work = [record](Database &database) { return TraceTable::storeAudit(database, record); },
                            .durability = durable});
}

Status Store::saveRepos(const QList<RepoRecord> &records)
{
    return m_engine->write({.work = [records](Database &database) -> Status {
                                for (const RepoRecord &record : records)
                                    AC_TRY(RepoTable::save(database, record));
                                return {};
                            },
                            .minor = true});
}

Status Store::forgetRepo(const QString &host, const QString &id)
{
    return m_engine->write({.work = [=](Database &database) { return RepoTable::forget(database, host, id); }});
}

Status Store::pause(const PauseRecord &record)
{
    return m_engine->write(
        {.work = [record](Database &database) { return RepoTable::pause(database, record); }, .durability = durable},
        {pauseEvent(record, m_engine->now())});
}

Status Store::resume(const QString &host, const QString &repo)
{
    return m_engine->write(
        {.work = [=](Database &database) { return RepoTable::resume(database, host, repo); }, .durability = durable},
        {resumeEvent(host, repo, m_engine->now())});
}

Status Store::setTrust(const TrustRecord &record)
{
    return m_engine->write(
        {.work = [record](Database &database) { return RepoTable::setTrust(database, record); }, .durability = durable},
        {trustEvent(record, m_engine->now())});
}

Status Store::replaceExclusions(const QString &host, const QString &repo, const QList<ExclusionRecord> &standing)
{
    return m_engine->write({.work = [=, now = m_engine->now()](Database &database) -> Status {
        AC_TRY(PathTable::replaceExclusions(database, host, repo, standing, now));
        return {};
    }});
}

Status Store::defer(const QString &host, const QString &repo, const QList<QByteArray> &paths, const QString &reason)
{
    return m_engine->write({.work = [=, now = m_engine->now()](Database &database) {
        return PathTable::defer(database, host, repo, paths, reason, now);
    }});
}

Status Store::clearDeferrals(const QString &host, const QString &repo, const QList<QByteArray> &paths)
{
    return m_engine->write(
        {.work = [=](Database &database) { return PathTable::clearDeferrals(database, host, repo, paths); }});
}

Status Store::saveHost(const HostRecord &record)
{
    return m_engine->write(
        {.work = [record](Database &database) { return HostTable::storeHost(database, record); }, .minor = true});
}

Status Store::saveHeads(const QList<RepoHead> &records)
{
    return m_engine->write({.work = [records](Database &database) -> Status {
                                for (const RepoHead &record : records)
                                    AC_TRY(HostTable::storeHead(database, record));
                                return {};
                            },
                            .minor = true});
}

Status Store::saveRelease(const ReleaseRecord &record)
{
    // A check that found nothing new is not an event: a release that is never published is looked at for weeks.
    const auto known = ask([&](Database &database) { return ReleaseTable::find(database, record); });
    const bool sameState = known && *known && (*known)->state == record.state;
    return m_engine->write({.work = [record](Database &database) { return ReleaseTable::store(database, record); },
                            .durability = sameState ? ordinary : durable},
                           sameState ? QList<QJsonObject>() : QList{releaseEvent(record, m_engine->now())});
}

Status Store::cacheMessage(const CachedMessage &message)
{
    return m_engine->write(
        {.work = [message](Database &database) { return ReleaseTable::cacheMessage(database, message); },
         .minor = true});
}

Result<int> Store::prune(const Retention &retention)
{
    constexpr int atOnce = 1000;
    int all = 0;
    for (int gone = 1; gone > 0; all += gone) {
        AC_TRY(m_engine->writeNow({.work = [&](Database &database) -> Status {
            AC_ASSIGN(gone, pruneHistory(database, retention, m_engine->now(), atOnce));
            return {};
        }}));
    }
    return all;
}

Result<bool> Store::check()
{
    return m_engine->check();
}

Status Store::flush()
{
    return m_engine->flush();
}

int Store::pending() const
{
    return m_engine->pending().size();
}

qint64 Store::dropped() const
{
    return m_engine->pending().dropped();
}

std::optional<Error> Store::problem() const
{
    return m_engine->problem();
}

std::optional<Error> Store::activityLogProblem() const
{
    return m_engine->logProblem();
}

} // namespace AutoCommit
