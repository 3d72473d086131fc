#pragma once

#include "daemon/run/catalog.h"
#include "daemon/watch/watcher.h"

namespace AutoCommit {

/// Keeps the watcher in step with the repositories: plans are listed on a worker, one after the other, and listed anew
/// when directories came or went. Main thread.
class EventSource : public QObject
{
    Q_OBJECT

public:
    EventSource(Catalog &catalog, Workshop &workshop);

    void enable(bool on);
    /// Has the plan of this repository made, when it is due.
    void refresh(const QString &id, const std::shared_ptr<const RunKit> &kit);
    void forget(const QString &id);
    void drain();
    WatchSnapshot snapshot() const;

Q_SIGNALS:
    void changed(const QString &id);
    void overflowed();
    void watchedChanged(const QString &id, bool watched);

private:
    void take(const QString &id, const Result<WatchPlan> &plan);

    Catalog &m_catalog;
    Workshop &m_workshop;
    std::unique_ptr<Watcher> m_watcher;
    QString m_tooBig; ///< a repository that has too many directories
};

} // namespace AutoCommit
