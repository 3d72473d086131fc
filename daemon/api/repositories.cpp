#include "daemon/api/handlers.h"

#include "daemon/api/query.h"

#include <algorithm>

namespace AutoCommit::Handlers {

namespace {

using namespace Qt::StringLiterals;

struct Trace
{
    QList<DecisionRecord> decisions = {};
    QList<ExclusionRecord> exclusions = {};
};

QJsonArray exclusionsJson(const QList<ExclusionRecord> &records, const Shapes &shapes)
{
    QJsonArray array;
    for (const ExclusionRecord &record : records)
        array.append(shapes.exclusion(record));
    return array;
}

} // namespace

void repos(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const QList<RepoSnapshot> all = context.steering.repos();
    const auto limit = numberOf(call, u"limit"_s, static_cast<int>(std::max<qsizetype>(all.size(), 1)), 1, 100'000);
    if (!limit) {
        reply.fail(limit.error());
        return;
    }
    // The cursor is the id of the last one shown.
    const QString cursor = call.target.value(u"cursor");
    auto from = std::ranges::find(all, cursor, [](const RepoSnapshot &repo) { return repo.record.id; });
    if (!cursor.isEmpty() && from == all.end()) {
        reply.fail(Error{ErrorKind::Usage, u"cursor is none of this list; begin without one"_s});
        return;
    }
    from = cursor.isEmpty() ? all.begin() : from + 1;
    const auto to = from + std::min<qsizetype>(*limit, all.end() - from);
    QJsonArray items;
    for (auto it = from; it != to; ++it)
        items.append(context.shapes.repo(*it));
    const QString next = to == all.end() || from == to ? QString() : (to - 1)->record.id;
    reply.json({{u"items"_s, items}, {u"next"_s, next}});
}

void repo(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const auto snapshot = context.steering.repo(call.id);
    if (!snapshot) {
        reply.notFound(u"repository"_s);
        return;
    }
    const auto query = [host = snapshot->record.host, id = call.id](HistoryQueries &history) {
        return history.exclusions(host, id);
    };
    context.history.ask<QList<ExclusionRecord>>(
        query, reply.with<QList<ExclusionRecord>>([&context, snapshot](const QList<ExclusionRecord> &exclusions) {
            QJsonObject answer = context.shapes.repo(*snapshot);
            answer[u"exclusions"] = exclusionsJson(exclusions, context.shapes);
            return answer;
        }));
}

void explain(ApiContext &context, const ApiCall &call, const Reply &reply)
{
    const auto snapshot = context.steering.repo(call.id);
    if (!snapshot) {
        reply.notFound(u"repository"_s);
        return;
    }
    const auto query = [host = snapshot->record.host, id = call.id](HistoryQueries &history) -> Result<Trace> {
        Trace trace;
        AC_ASSIGN(trace.decisions, history.decisions(host, id));
        AC_ASSIGN(trace.exclusions, history.exclusions(host, id));
        return trace;
    };
    context.history.ask<Trace>(query, reply.with<Trace>([&context, snapshot](const Trace &trace) {
        QJsonArray decisions;
        for (const DecisionRecord &record : trace.decisions)
            decisions.append(context.shapes.decision(record));
        return QJsonObject{
            {u"repo"_s, context.shapes.repo(*snapshot)},
            {u"decisions"_s, decisions},
            {u"exclusions"_s, exclusionsJson(trace.exclusions, context.shapes)},
        };
    }));
}

} // namespace AutoCommit::Handlers
