#include "core/store/storeengine.h"

#include "core/store/databaseerror.h"
#include "core/store/replay.h"

#include <algorithm>
#include <utility>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds firstDelay = 1s;
constexpr std::chrono::milliseconds longestDelay = 60s;
constexpr qint64 looksBack = 1'000'000; ///< bytes of the activity log: more than a thousand commits

} // namespace

StoreEngine::StoreEngine(StoreOptions options, const Clock &clock)
    : m_options(std::move(options))
    , m_clock(clock)
    , m_owner(QThread::currentThread())
    , m_connection(m_options, clock)
    , m_pending(m_options.pendingLimit)
{ }

Status StoreEngine::checkThread() const
{
    if (QThread::currentThread() == m_owner)
        return {};
    return Error{.kind = ErrorKind::Internal, .message = u"The history was used from a thread that does not own it."_s};
}

Result<StoreOpened> StoreEngine::open()
{
    AC_TRY(checkThread());
    auto opened = m_connection.open();
    AC_TRY(remember(opened ? Status() : Status(opened.error())));
    m_logProblem = opened->activityLogProblem;
    return opened;
}

/// Keeps the time to try again: a call that has to wait for a lock or a server must not be repeated for every row.
Status StoreEngine::remember(Status status)
{
    if (status) {
        m_problem.reset();
        m_delay = 0ms;
    } else if (mayPass(status.error())) {
        m_problem = status.error();
        m_delay = std::clamp(m_delay * 2, firstDelay, longestDelay);
        m_nextTry = m_clock.monotonic() + m_delay;
    } else if (!m_connection.isOpen()) {
        m_problem = status.error(); // for instance a newer database: no use in trying
        m_delay = longestDelay;
        m_nextTry = m_clock.monotonic() + m_delay;
    }
    return status;
}

/// Connected, and nothing older waits in memory.
Status StoreEngine::ready(Patience patience)
{
    if (m_connection.isOpen() && m_pending.isEmpty())
        return m_connection.ensureCurrent();
    if (m_problem && patience == Patience::WaitForTime && m_clock.monotonic() < m_nextTry)
        return *m_problem;
    if (!m_connection.isOpen())
        AC_TRY(m_connection.open());
    AC_TRY(m_connection.ensureCurrent());
    Status flushed = m_pending.flushInto(m_connection.database());
    if (!flushed && m_connection.recoverFrom(flushed.error()))
        flushed = m_pending.flushInto(m_connection.database());
    return flushed;
}

Status StoreEngine::run(const StoreJob &job)
{
    Database &database = m_connection.database();
    const auto work = [&]() -> Status {
        AC_TRY(job.work(database));
        if (m_logged == m_stored || m_pending.dropped() > 0)
            return {}; // with a gap the position stays: the next start finds in the log what was dropped here
        return storePosition(database, positionKey(m_options.host, ActivityLog(m_options.activityLog)), m_logged);
    };
    AC_TRY(database.transaction(job.durability, work));
    m_stored = m_logged;
    return {};
}

Status StoreEngine::attempt(const StoreJob &job)
{
    Status done = run(job);
    if (!done && m_connection.recoverFrom(done.error()))
        done = run(job);
    return done;
}

void StoreEngine::log(const QList<QJsonObject> &events)
{
    if (events.isEmpty() || m_options.activityLog.isEmpty())
        return;
    auto appended = ActivityLog(m_options.activityLog).append(events);
    if (appended) {
        m_logged = *appended;
        m_logProblem.reset();
    } else {
        m_logProblem = appended.error(); // the database has the row all the same
    }
}

Status StoreEngine::write(StoreJob job, const QList<QJsonObject> &events)
{
    AC_TRY(checkThread());
    log(events);
    Status done = ready(Patience::WaitForTime);
    const bool waiting = !done && m_problem && m_clock.monotonic() < m_nextTry;
    if (done)
        done = attempt(job);
    if (!waiting)
        done = remember(std::move(done));
    if (!done && mayPass(done.error()))
        m_pending.add(std::move(job));
    return done;
}

Status StoreEngine::writeNow(const StoreJob &job)
{
    AC_TRY(checkThread());
    AC_TRY(ready(Patience::WaitForTime));
    return attempt(job);
}

Status StoreEngine::flush()
{
    AC_TRY(checkThread());
    if (m_connection.isOpen() && m_pending.isEmpty())
        return {};
    return remember(ready(Patience::Now));
}

Result<bool> StoreEngine::check()
{
    AC_TRY(checkThread());
    AC_TRY(ready(Patience::WaitForTime));
    const Status sound = m_connection.checkIntegrity();
    if (!sound && !m_connection.recoverFrom(sound.error()))
        return sound.error();
    if (m_options.activityLog.isEmpty())
        return sound.ok();
    const ActivityLog activity(m_options.activityLog);
    LogPosition lately = activity.end();
    lately.end = std::max<qint64>(0, lately.end - looksBack);
    if (lately.inode != 0)
        AC_TRY(replayActivity(m_connection.database(), m_options.host, activity, lately));
    return sound.ok();
}

Result<Database *> StoreEngine::connection()
{
    AC_TRY(checkThread());
    if (m_connection.isOpen())
        AC_TRY(m_connection.ensureCurrent());
    else if (m_problem && m_clock.monotonic() < m_nextTry)
        return *m_problem;
    else if (auto opened = m_connection.open(); !opened)
        return remember(std::move(opened).error()).error();
    return &m_connection.database();
}

void StoreEngine::close()
{
    if (!m_pending.isEmpty())
        static_cast<void>(flush()); // what does not go in now is in the activity log
    m_connection.close();
}

} // namespace AutoCommit
