#pragma once

#include "core/store/store.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace AutoCommit {

/// A Store on a thread of its own, for programs that must not wait for a disk or a database server. What is asked of it
/// is done in turn; whoever asks waits for a moment at most. A server that has gone silent (it may accept everything
/// and answer nothing for hours, and no time-out of the client's library covers that) costs one such moment: until it
/// is back, what is to be written queues up and nothing else is asked. Any thread may call.
class StoreThread
{
public:
    explicit StoreThread(StoreOptions options, const Clock &clock,
                         std::chrono::milliseconds patience = std::chrono::milliseconds(500));
    ~StoreThread(); ///< writes what waits, however long that takes; see isDone()
    Q_DISABLE_COPY_MOVE(StoreThread)

    /// Does `work(Store &)`, which has to own all it needs, and answers what it answered: a Result or a Status. When
    /// that takes too long, DatabaseBusy; `work` is done all the same.
    template <typename Work> auto write(Work work) -> std::invoke_result_t<Work, Store &>
    {
        return run<std::invoke_result_t<Work, Store &>>(std::move(work), true, m_patience);
    }

    /// The same for a question. While the store is late it is not even asked.
    template <typename Work> auto ask(Work work) -> std::invoke_result_t<Work, Store &>
    {
        return ask(std::move(work), m_patience);
    }
    template <typename Work>
    auto ask(Work work, std::chrono::milliseconds patience) -> std::invoke_result_t<Work, Store &>
    {
        return run<std::invoke_result_t<Work, Store &>>(std::move(work), false, patience);
    }

    /// Without waiting for it, and without an answer.
    void post(std::function<void(Store &)> work) { enqueue(std::move(work)); }

    struct Health
    {
        bool late = false; ///< it has not answered for longer than anybody wants to wait
        qsizetype queued = 0; ///< to be done by the thread
        int pending = 0; ///< rows that wait in the store, see Store::pending()
        std::optional<Error> problem = {};
        std::optional<Error> activityLogProblem = {};
    };
    Health health() const; ///< as of the last thing that was done; does not wait

    /// Closes the store after what is queued. isDone() tells when; nothing can be asked any more.
    void close();
    bool isDone() const;

private:
    template <typename Answer, typename Work> Answer run(Work work, bool always, std::chrono::milliseconds patience)
    {
        if (!always && isLate())
            return lateError();
        const auto box = std::make_shared<std::optional<Answer>>();
        const std::optional<quint64> turn
            = enqueue([box, work = std::move(work)](Store &store) { *box = work(store); });
        if (!turn)
            return Error{.kind = ErrorKind::OutOfResources,
                         .message = QStringLiteral("Too much waits for the history; this is not kept.")};
        return waitFor(*turn, patience) ? Answer(std::move(**box)) : Answer(lateError());
    }

    std::optional<quint64> enqueue(std::function<void(Store &)> work);
    bool waitFor(quint64 turn, std::chrono::milliseconds patience);
    bool isLate() const;
    static Error lateError();
    void loop(const StoreOptions &options, const Clock &clock);

    const std::chrono::milliseconds m_patience;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void(Store &)>> m_queue;
    quint64 m_last = 0; ///< turn of the last entry
    quint64 m_done = 0;
    bool m_closing = false;
    bool m_ended = false;
    Health m_health;
    std::thread m_thread;
};

} // namespace AutoCommit
