#include "daemon/api/handlers.h"

#include "core/service/parity.h"
#include "core/service/reportrecorder.h"
#include "daemon/api/query.h"

#include <QSysInfo>

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

// Hosts report every few minutes; after this long without a word nothing is said about a checkout.

/// A list of the history: filter in, page out.
template <typename T, typename Query, typename Shape>
void page(ApiContext &context, const ApiCall &call, const Reply &reply, Query query, Shape shape)
{
    const auto filter = filterOf(call);
    if (!filter) {
        reply.fail(filter.error());
        return;
    }
    context.history.ask<Page<T>>([query, filter = *filter](HistoryQueries &history) { return query(history, filter); },
                                 reply.with<Page<T>>([shape](const Page<T> &found) { return pageOf(found, shape); }));
}

// No agent reports for the machine the daemon itself runs on: what it knows is newer than any report.
HostRecord ownHost(const ApiContext &context)
{
    const DaemonSnapshot now = context.steering.status();
    return {.name = now.host,
            .version = QStringLiteral(AC_VERSION),
            .protocol = apiProtocol,
            .system = QSysInfo::prettyProductName(),
            .firstSeen = now.startedAt,
            .lastSeen = wallTime(context.clock)};
}

void insertOwn(QList<RepoHead> &heads, const ApiContext &context)
{
    for (const RepoSnapshot &repo : context.steering.repos()) {
        const RepoRecord &record = repo.record;
        if (record.lastLooked == Timestamp())
            continue;
        heads.removeIf([&](const RepoHead &head) { return head.host == record.host && head.repo == record.id; });
        heads.append(headOf(record));
    }
}

} // namespace

void commits(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    page<CommitRecord>(
        context, call, reply,
        [](HistoryQueries &history, const HistoryFilter &filter) { return history.commits(filter); },
        [&shapes = context.shapes](const CommitRecord &record) { return shapes.commit(record); });
}

void commit(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    context.history.ask<QList<CommitRecord>>(
        [sha = call.id](HistoryQueries &history) { return history.commitsBySha(sha); },
        [&shapes = context.shapes, reply](const Result<QList<CommitRecord>> &found) {
            if (!found)
                reply.fail(found.error());
            else if (found->isEmpty())
                reply.notFound(u"commit"_s);
            else
                reply.json(pageOf(Page<CommitRecord>{*found, {}},
                                  [&](const CommitRecord &record) { return shapes.commit(record); }));
        });
}

void errors(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const QString all = call.target.value(u"all");
    const bool resolvedToo = all == u"1"_s || all == u"true"_s;
    page<ErrorRecord>(
        context, call, reply,
        [resolvedToo](HistoryQueries &history, const HistoryFilter &filter) {
            return resolvedToo ? history.allErrors(filter) : history.standingErrors(filter);
        },
        [&shapes = context.shapes](const ErrorRecord &record) { return shapes.error(record); });
}

void cycles(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    page<CycleRecord>(
        context, call, reply,
        [](HistoryQueries &history, const HistoryFilter &filter) { return history.cycles(filter); },
        [&shapes = context.shapes](const CycleRecord &record) { return shapes.cycle(record); });
}

void releases(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    page<ReleaseRecord>(
        context, call, reply,
        [](HistoryQueries &history, const HistoryFilter &filter) { return history.releases(filter); },
        [&shapes = context.shapes](const ReleaseRecord &record) { return shapes.release(record); });
}

void statistics(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const auto days = numberOf(call, u"days"_s, 365, 1, 3660);
    if (!days) {
        reply.fail(days.error());
        return;
    }
    const StatisticsFilter filter{
        .now = wallTime(context.clock),
        .days = *days,
        .zone = QTimeZone::systemTimeZone(),
        .host = call.target.value(u"host"),
        .repo = call.target.value(u"repo"),
    };
    context.history.ask<Statistics>([filter](HistoryQueries &history) { return history.statistics(filter); },
                                    reply.with<Statistics>([&shapes = context.shapes](const Statistics &numbers) {
                                        return shapes.statistics(numbers);
                                    }));
}

void hosts(ApiContext &context, const ApiCall &, const Reply &reply)
{
    context.history.ask<QList<HostRecord>>(
        [](HistoryQueries &history) { return history.hosts(); },
        reply.with<QList<HostRecord>>([&context](QList<HostRecord> hosts) {
            const HostRecord own = ownHost(context);
            hosts.removeIf([&](const HostRecord &host) { return host.name == own.name; });
            hosts.prepend(own);
            return pageOf(Page<HostRecord>{hosts, {}},
                          [&](const HostRecord &record) { return context.shapes.host(record); });
        }));
}

void parity(ApiContext &context, const ApiCall &, const Reply &reply)
{
    context.history.ask<QList<RepoHead>>(
        [](HistoryQueries &history) { return history.heads(); },
        reply.with<QList<RepoHead>>([&context](QList<RepoHead> heads) {
            insertOwn(heads, context);
            const QStringList &aliases = context.steering.settings().settings.hubAliases;
            return pageOf(Page<Parity>{parityOf(heads, wallTime(context.clock), reportMaxAge, aliases), {}},
                          [&](const Parity &parity) { return parityJson(parity, context.paths); });
        }));
}

} // namespace AutoCommit::Handlers
