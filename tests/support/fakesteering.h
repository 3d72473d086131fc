#pragma once

#include "core/base/clock.h"
#include "core/config/paths.h"
#include "core/store/storethread.h"
#include "daemon/steering.h"

#include <QTemporaryDir>

#include <memory>

namespace AutoCommit::Testing {

/// A daemon that does nothing but write down what it was asked for; its history is a real one in a temporary home.
class FakeSteering final : public Steering
{
public:
    FakeSteering();

    DaemonSnapshot status() const override { return snapshot; }
    QList<RepoSnapshot> repos() const override { return checkouts; }
    std::optional<RepoSnapshot> repo(const QString &id) const override;
    const LoadedSettings &settings() const override { return loaded; }
    StoreThread &history() override { return *m_history; }
    Store &store() { return *m_store; } ///< of the same history, for what a test puts in and looks up

    Result<qint64> startCycle(const QString &reason) override;
    Status syncRepo(const QString &id, const QString &reason) override;
    Result<int> syncOrigin(const QString &origin, const QString &reason) override;
    Status pause(const PauseRecord &pause) override;
    Status resume(const QString &repo) override;
    void undo(const QString &repo, const QString &sha, std::function<void(Result<UndoDone>)> done) override;
    Status reload() override;
    void shutdown() override { calls += QStringLiteral("shutdown"); }

    QString home() const { return m_home.path(); }
    const Paths &paths() const { return m_paths; }
    const Clock &clock() const { return m_clock; }
    RepoSnapshot &addRepo(const QString &id, const QString &name, const QString &origin);
    static CommitRecord commitOf(const QString &repo, int number); ///< shas differ by number

    DaemonSnapshot snapshot;
    QList<RepoSnapshot> checkouts;
    LoadedSettings loaded;
    QStringList calls; ///< "sync abcdefgh user", "origin host/owner/name webhook", …
    QList<std::function<void(Result<UndoDone>)>> undoing; ///< answered by the test

private:
    QTemporaryDir m_home;
    SystemClock m_clock;
    Paths m_paths;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<StoreThread> m_history;
};

} // namespace AutoCommit::Testing
