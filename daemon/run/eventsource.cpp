#include "daemon/run/eventsource.h"

#include "core/base/log.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

EventSource::EventSource(Catalog &catalog, Workshop &workshop)
    : m_catalog(catalog)
    , m_workshop(workshop)
{ }

void EventSource::enable(bool on)
{
    if (on == (m_watcher != nullptr))
        return;
    m_watcher.reset();
    m_catalog.forEach([this, on](KnownRepo &repo) {
        repo.planDue = on;
        if (std::exchange(repo.watched, false))
            Q_EMIT watchedChanged(repo.unit.id, false);
    });
    if (!on)
        return;
    m_watcher = makeWatcher();
    connect(m_watcher.get(), &Watcher::changed, this, &EventSource::changed);
    connect(m_watcher.get(), &Watcher::overflowed, this, &EventSource::overflowed);
    connect(m_watcher.get(), &Watcher::structureChanged, this, [this](const QString &id) {
        if (KnownRepo *repo = m_catalog.find(id))
            repo->planDue = true;
    });
}

void EventSource::refresh(const QString &id, const std::shared_ptr<const RunKit> &kit)
{
    KnownRepo *repo = m_catalog.find(id);
    if (!m_watcher || !m_watcher->works() || !repo || !repo->planDue)
        return;
    repo->planDue = false;
    m_workshop.inSurveyLane([this, id, kit, unit = repo->unit]() -> std::function<void()> {
        const auto plan = makeWatchPlan(unit.workTrees, kit->tools(), m_workshop.cancel());
        return [this, id, plan] { take(id, plan); };
    });
}

void EventSource::take(const QString &id, const Result<WatchPlan> &plan)
{
    KnownRepo *repo = m_catalog.find(id);
    if (!repo || !m_watcher)
        return;
    if (!plan && plan.error().kind == ErrorKind::OutOfResources)
        m_tooBig = u"%1 has %2; it is swept only"_s.arg(QString::fromUtf8(repo->snapshot.record.path.split('/').last()),
                                                        plan.error().message);
    const bool watched = plan && m_watcher->watch(id, *plan);
    if (!plan)
        m_watcher->forget(id);
    if (watched == repo->watched)
        return;
    repo->watched = watched;
    Q_EMIT watchedChanged(id, watched);
    if (watched)
        Q_EMIT changed(id); // what was written between the last look and now was seen by nobody
}

void EventSource::forget(const QString &id)
{
    if (m_watcher)
        m_watcher->forget(id);
}

void EventSource::drain()
{
    if (m_watcher)
        m_watcher->drain();
}

WatchSnapshot EventSource::snapshot() const
{
    if (!m_watcher)
        return {.note = u"file events are switched off (watch_files)"_s};
    const QString note = m_watcher->note();
    return {.events = m_watcher->works(),
            .directories = m_watcher->directories(),
            .note = note.isEmpty() ? m_tooBig : note};
}

} // namespace AutoCommit
