#pragma once

#include "core/base/result.h"
#include "core/store/historyqueries.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace AutoCommit {

class Clock;

/// Questions to the history, answered on a thread with a connection of its own, so that a slow database keeps nobody
/// else waiting. Answers come back on the thread that owns this object, in the order of the questions.
class HistoryThread final : public QObject
{
    Q_OBJECT

public:
    /// `location` as for HistoryReader, which opens with the first question.
    HistoryThread(const QString &location, const Clock &clock, QObject *parent = nullptr);
    ~HistoryThread() override; ///< waits for the question at hand; those behind it are never answered

    /// ErrorKind::DatabaseBusy at once when too many questions wait.
    template <typename T>
    void ask(std::function<Result<T>(HistoryQueries &)> query, std::function<void(Result<T>)> done)
    {
        auto deliver = [done](void *result) { done(std::move(*static_cast<Result<T> *>(result))); };
        const bool taken = post(
            [query = std::move(query)](HistoryQueries &history) { return std::make_shared<Result<T>>(query(history)); },
            std::move(deliver));
        if (!taken)
            done(Error{ErrorKind::DatabaseBusy, QStringLiteral("too many questions wait for the history")});
    }

private:
    using Work = std::function<std::shared_ptr<void>(HistoryQueries &)>;
    using Deliver = std::function<void(void *)>;
    struct Worker;

    bool post(Work work, Deliver deliver);
    void deliver(quint64 question, const std::shared_ptr<void> &result);

    std::unique_ptr<Worker> m_worker;
    std::map<quint64, Deliver> m_waiting; ///< never leaves this thread, and so nothing that callers put in it does
    quint64 m_last = 0;
};

} // namespace AutoCommit
