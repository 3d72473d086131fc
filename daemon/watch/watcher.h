#pragma once

#include "daemon/watch/watchplan.h"

#include <QObject>

#include <memory>

namespace AutoCommit {

/// Tells that files of a repository changed. Lives on the main thread, where its signals come, several for one change
/// as often as not; nothing is said about which file.
class Watcher : public QObject
{
    Q_OBJECT

public:
    /// Replaces what is watched of this repository. False: not all of it could be, so nothing of it is; note() says
    /// why.
    virtual bool watch(const QString &repo, const WatchPlan &plan) = 0;
    virtual void forget(const QString &repo) = 0;

    /// Tells now what the system has to tell by now: called before a run's end is made known, so that the run's own
    /// writes are not taken for somebody else's.
    virtual void drain() = 0;

    virtual bool works() const = 0; ///< false: file events cannot be had here
    virtual qint64 directories() const = 0; ///< watched at the moment
    virtual QString note() const = 0; ///< why not everything is watched; empty when it is

Q_SIGNALS:
    void changed(const QString &repo);
    void structureChanged(const QString &repo); ///< directories or ignore rules: a new plan is due after the next run
    void overflowed(); ///< events were lost: everything may have changed
};

/// What this system offers: inotify, FSEvents, or a watcher that does not work.
std::unique_ptr<Watcher> makeWatcher(qint64 maxDirectories = 50'000);

/// Names in a git directory whose change says that a person's git did something.
bool isTellingGitFile(QByteArrayView name);

} // namespace AutoCommit
