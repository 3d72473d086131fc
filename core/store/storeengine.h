#pragma once

#include "core/store/activitylog.h"
#include "core/store/pendingwrites.h"
#include "core/store/storeconnection.h"

#include <QThread>

namespace AutoCommit {

/// How a write happens, whatever is written: first into the activity log, then into the database in one transaction
/// together with the log's position; and when the database cannot take it, into memory until it can.
class StoreEngine
{
public:
    StoreEngine(StoreOptions options, const Clock &clock);

    Result<StoreOpened> open();
    void close();

    /// An error for which mayPass() holds means: kept in memory, written later, in order. Any other: not kept.
    Status write(StoreJob job, const QList<QJsonObject> &events = {});

    /// The same without log and memory, for upkeep that can as well be done another time.
    Status writeNow(const StoreJob &job);

    /// Writes what is in memory, also before the time to try again has come.
    Status flush();

    /// Is the file sound, and does it have what the end of the activity log has? Both are put right. False: it was
    /// damaged.
    Result<bool> check();

    /// For reading, opened if need be.
    Result<Database *> connection();
    bool recoverFrom(const Error &error) { return m_connection.recoverFrom(error); }

    bool isOpen() const { return m_connection.isOpen(); }
    const PendingWrites &pending() const { return m_pending; }
    std::optional<Error> problem() const { return m_problem; }
    std::optional<Error> logProblem() const { return m_logProblem; }
    Timestamp now() const { return wallTime(m_clock); }

private:
    enum class Patience { WaitForTime, Now };
    Status ready(Patience patience);
    Status attempt(const StoreJob &job);
    Status run(const StoreJob &job);
    Status remember(Status status);
    Status checkThread() const;
    void log(const QList<QJsonObject> &events);

    const StoreOptions m_options;
    const Clock &m_clock;
    QThread *const m_owner; ///< compared, never used
    StoreConnection m_connection;
    PendingWrites m_pending;
    LogPosition m_logged; ///< end of what this process wrote into the activity log
    LogPosition m_stored; ///< how much of it the database knows of
    std::optional<Error> m_problem;
    std::optional<Error> m_logProblem;
    std::chrono::milliseconds m_delay{0};
    Clock::Monotonic m_nextTry{};
};

} // namespace AutoCommit
