#include "core/service/sweep.h"

#include "core/git/locate.h"

#include <QHash>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace AutoCommit {

namespace {

/// Messages from the workers to the thread that waits for them.
class Mailbox
{
public:
    void post(std::function<void()> message)
    {
        const std::lock_guard guard(m_mutex);
        m_messages.push_back(std::move(message));
        m_arrived.notify_one();
    }
    std::function<void()> take()
    {
        std::unique_lock guard(m_mutex);
        m_arrived.wait(guard, [this] { return !m_messages.empty(); });
        auto message = std::move(m_messages.front());
        m_messages.pop_front();
        return message;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<std::function<void()>> m_messages;
};

/// What has to be done one after the other: linked work trees, which share refs and objects (SAFETY row 38), and a
/// checkout with its submodules, whose git directories are in its own.
QString turnOf(const QString &path)
{
    const Result<RepoLocation> location = locateRepository(path);
    if (!location)
        return path;
    const QString outermost = location->superprojectGitDir();
    return outermost.isEmpty() ? location->commonDir : outermost;
}

/// The turns in the order given; within one the innermost first, so that a submodule's new commit is on its hub before
/// its superproject records it.
QList<QList<qsizetype>> byRepository(const QStringList &paths)
{
    QList<QList<qsizetype>> turns;
    QHash<QString, qsizetype> known;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        const QString key = turnOf(paths[i]);
        const auto turn = known.constFind(key);
        if (turn != known.constEnd()) {
            turns[*turn].append(i);
        } else {
            known.insert(key, turns.size());
            turns.append(QList<qsizetype>{i});
        }
    }
    const auto depth = [&](qsizetype i) { return paths[i].count(u'/'); };
    for (QList<qsizetype> &turn : turns)
        std::ranges::stable_sort(turn, std::greater(), depth);
    return turns;
}

} // namespace

QList<RunReport> runSweep(const QStringList &paths, const RunParts &parts, int parallel, const CancelToken &cancel,
                          SweepObserver &observer)
{
    QList<RunReport> reports(paths.size());
    if (paths.size() == 1) { // no thread, no queue
        reports[0] = runRepository(paths[0], parts, cancel,
                                   [&](const RepoContext &, StageId stage) { observer.stageStarted(paths[0], stage); });
        observer.finished(reports[0]);
        return reports;
    }

    Mailbox mailbox;
    const QList<QList<qsizetype>> turns = byRepository(paths);
    std::atomic<qsizetype> next = 0;
    qsizetype open = paths.size();
    const auto run = [&](qsizetype i) {
        const QString path = paths[i];
        RunReport report = runRepository(path, parts, cancel, [&](const RepoContext &, StageId stage) {
            mailbox.post([&observer, path, stage] { observer.stageStarted(path, stage); });
        });
        mailbox.post([&, i, report = std::move(report)]() mutable {
            reports[i] = std::move(report);
            observer.finished(reports[i]);
            --open;
        });
    };
    const auto work = [&] {
        for (qsizetype turn = next++; turn < turns.size(); turn = next++)
            std::ranges::for_each(turns[turn], run);
    };
    std::vector<std::jthread> workers;
    for (int i = 0; i < std::clamp<qsizetype>(parallel, 1, paths.size()); ++i)
        workers.emplace_back(work);
    while (open > 0)
        mailbox.take()();
    return reports;
}

} // namespace AutoCommit
