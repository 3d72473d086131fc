#include "core/service/sweep.h"

#include "core/git/locate.h"

#include <QHash>

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

/// Linked work trees share refs and objects: one after the other, in the order given (SAFETY row 38).
QList<QList<qsizetype>> byRepository(const QStringList &paths)
{
    QList<QList<qsizetype>> turns;
    QHash<QString, qsizetype> turnOf;
    for (qsizetype i = 0; i < paths.size(); ++i) {
        const Result<RepoLocation> location = locateRepository(paths[i]);
        const QString key = location ? location->commonDir : paths[i];
        const auto known = turnOf.constFind(key);
        if (known != turnOf.constEnd()) {
            turns[*known].append(i);
        } else {
            turnOf.insert(key, turns.size());
            turns.append(QList<qsizetype>{i});
        }
    }
    return turns;
}

} // namespace

QList<RunReport> runSweep(const QStringList &paths, const RunParts &parts, int parallel, const CancelToken &cancel,
                          SweepObserver &observer)
{
    QList<RunReport> reports(paths.size());
    if (paths.size() == 1 || parallel <= 1) {
        for (qsizetype i = 0; i < paths.size(); ++i) {
            reports[i] = runRepository(paths[i], parts, cancel, [&](const RepoContext &, StageId stage) {
                observer.stageStarted(paths[i], stage);
            });
            observer.finished(reports[i]);
        }
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
    for (int i = 0; i < std::min<qsizetype>(parallel, paths.size()); ++i)
        workers.emplace_back(work);
    while (open > 0)
        mailbox.take()();
    return reports;
}

} // namespace AutoCommit
