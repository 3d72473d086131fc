#include "daemon/run/catalog.h"

#include "core/service/reportrecorder.h"

#include <QFile>

#include <algorithm>

namespace AutoCommit {

using namespace Qt::StringLiterals;

Catalog::Catalog(QString host)
    : m_host(std::move(host))
{ }

Catalog::Difference Catalog::update(const QList<RepoUnit> &units)
{
    Difference difference;
    QStringList order;
    for (const RepoUnit &unit : units) {
        order += unit.id;
        KnownRepo &repo = m_repos[unit.id];
        if (repo.unit == unit)
            continue;
        if (repo.unit.id.isEmpty())
            difference.added += unit.id;
        repo.unit = unit;
        repo.planDue = true;
        RepoRecord &record = repo.snapshot.record;
        record.host = m_host;
        record.id = unit.id;
        record.path = QFile::encodeName(unit.workTrees.first());
        record.commonDir = QFile::encodeName(unit.commonDir);
    }
    for (const QString &id : std::as_const(m_order))
        if (!order.contains(id)) {
            difference.gone += id;
            m_repos.remove(id);
        }
    m_order = order;
    return difference;
}

void Catalog::restore(const QList<RepoRecord> &rows, const QList<ErrorRecord> &standing)
{
    for (const RepoRecord &row : rows)
        if (KnownRepo *repo = find(row.id); repo && repo->snapshot.record.lastLooked == Timestamp()) {
            const QByteArray path = repo->snapshot.record.path;
            repo->snapshot.record = row;
            repo->snapshot.record.path = path;
        }
    for (const ErrorRecord &error : standing)
        if (KnownRepo *repo = find(error.repo); repo && !repo->snapshot.error)
            repo->snapshot.error = error;
}

QList<RepoUnit> Catalog::units() const
{
    QList<RepoUnit> units;
    forEach([&](const KnownRepo &repo) { units += repo.unit; });
    return units;
}

KnownRepo *Catalog::find(const QString &id)
{
    const auto found = m_repos.find(id);
    return found == m_repos.end() ? nullptr : &*found;
}

const KnownRepo *Catalog::find(const QString &id) const
{
    const auto found = m_repos.constFind(id);
    return found == m_repos.constEnd() ? nullptr : &*found;
}

void Catalog::noteKept(KnownRepo &repo, Timestamp now)
{
    repo.snapshot.record.state = runStateName(RunState::Skipped);
    repo.snapshot.record.reason = u"%1 looks after it; it is only read here"_s.arg(repo.keptBy);
    repo.snapshot.record.lastLooked = now;
    repo.snapshot.error.reset();
}

void Catalog::apply(const UnitReport &report, Timestamp now)
{
    KnownRepo *repo = find(report.id);
    if (!repo || report.reports.isEmpty())
        return;
    // Of several work trees the one that needs a person speaks for the repository, else the one where most happened.
    const auto weight = [](const RunReport &r) {
        return r.error ? 3 : !r.commits.isEmpty() ? 2 : !r.excluded.isEmpty() || r.state != RunState::Clean ? 1 : 0;
    };
    const auto speaker = std::ranges::max_element(report.reports, {}, weight);
    if (report.hasWork) {
        repo->snapshot.record.lastLooked = now;
        return;
    }
    applyOne(*repo, *speaker, now);
    qint64 excluded = 0;
    for (const RunReport &one : report.reports)
        excluded += one.excluded.size();
    if (!speaker->error)
        repo->snapshot.excluded = excluded;
}

void Catalog::applyOne(KnownRepo &repo, const RunReport &report, Timestamp now) const
{
    const RepoRecord before = repo.snapshot.record;
    RepoRecord after = repoRecord(report, m_host, now);
    after.id = before.id;
    after.path = before.path;
    after.commonDir = before.commonDir;
    after.firstSeen = before.firstSeen == Timestamp() ? now : before.firstSeen;
    const auto keep = [](auto &value, const auto &old) {
        if (value.isEmpty())
            value = old;
    };
    keep(after.origin, before.origin); // a clean checkout's configuration is not read
    if (report.error) {
        keep(after.branch, before.branch);
        keep(after.head, before.head);
        keep(after.upstream, before.upstream);
    }
    after.lastCommitted = after.lastCommitted ? after.lastCommitted : before.lastCommitted;
    after.lastPulled = after.lastPulled ? after.lastPulled : before.lastPulled;
    after.lastPushed = after.lastPushed ? after.lastPushed : before.lastPushed;
    after.needsPush = report.needsPush;
    after.pause = before.pause;
    after.trustSurface = before.trustSurface;
    repo.saved = repo.saved && after.state == before.state && after.reason == before.reason && after.head == before.head
        && after.branch == before.branch && after.ahead == before.ahead && after.behind == before.behind
        && after.origin == before.origin && after.upstream == before.upstream;
    repo.snapshot.record = after;
}

} // namespace AutoCommit
