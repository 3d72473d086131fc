#pragma once

#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>

namespace AutoCommit {

/// One thread that lives as long as the program, for calls that block: one at a time, in order. (A thread of its own
/// and no pool: a program started from it is told to die with the thread that started it.)
class WorkLane
{
public:
    WorkLane();
    ~WorkLane(); ///< waits for what runs; what waits is dropped

    /// `work` runs there; what it returns is given to `done` here, unless `context` is gone by then.
    template <typename Work, typename Done> void run(QObject *context, Work work, Done done)
    {
        QMetaObject::invokeMethod(&m_there, [this, guard = QPointer<QObject>(context), work, done] {
            auto answer = work();
            QMetaObject::invokeMethod(&m_here, [guard, done, answer = std::move(answer)] {
                if (guard)
                    done(answer);
            });
        });
    }

private:
    QThread m_thread;
    QObject m_here;
    QObject m_there; ///< lives in the thread
};

} // namespace AutoCommit
