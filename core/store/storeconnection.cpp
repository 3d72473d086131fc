#include "core/store/storeconnection.h"

#include "core/store/migrations.h"
#include "core/store/replay.h"

#include <utility>

namespace AutoCommit {

using namespace std::chrono_literals;

namespace {

/// A log of this size costs the next program about half a millisecond to read; a larger one is worked off when closing.
constexpr qint64 logLeftBehind = 524'288;

} // namespace

StoreConnection::StoreConnection(StoreOptions options, const Clock &clock)
    : m_options(std::move(options))
    , m_clock(clock)
{ }

StoreConnection::~StoreConnection()
{
    close();
}

Result<StoreOpened> StoreConnection::open()
{
    if (!m_target) {
        AC_ASSIGN(m_target, parseStoreTarget(m_options.location));
        if (m_target->dialect == Dialect::Sqlite)
            m_files.emplace(m_target->file);
    }
    return m_files ? openSqlite() : connectPostgres();
}

Result<StoreOpened> StoreConnection::openSqlite()
{
    AC_TRY(m_files->prepare());
    AC_ASSIGN(m_lock, lockForOpening());
    if (m_files->isMarkedDamaged())
        return repair();
    auto opened = connectSqlite();
    if (!opened && pointsAtDamage(opened.error()))
        return repair();
    if (opened)
        m_lock.share();
    else
        m_lock = {};
    return opened;
}

/// Shared; but a file without a byte is filled by one program alone, because SQLite does not wait for others while it
/// turns a new file to its write-ahead log.
Result<FileLock> StoreConnection::lockForOpening() const
{
    const auto deadline = m_clock.monotonic() + m_options.busyTimeout;
    while (m_files->isEmpty() && m_clock.monotonic() < deadline) {
        auto alone = FileLock::take(m_files->lockFile(), LockMode::Exclusive, 0ms, m_clock);
        if (alone || alone.error().kind != ErrorKind::DatabaseBusy)
            return alone;
        m_clock.sleepFor(10ms);
    }
    return FileLock::take(m_files->lockFile(), LockMode::Shared, m_options.busyTimeout, m_clock);
}

Result<StoreOpened> StoreConnection::connectSqlite()
{
    AC_ASSIGN(auto database,
              Database::connect(sqliteTarget(), {.busyTimeout = m_options.busyTimeout, .journal = journalMode()}));
    m_identity = identify(m_files->database());
    return bringUpToDate(std::move(database));
}

StoreTarget StoreConnection::sqliteTarget() const
{
    StoreTarget target = *m_target;
    target.file = m_files->database();
    return target;
}

/// Damage does not always say so: a changed byte of the header makes a file read-only or its format unknown.
bool StoreConnection::pointsAtDamage(const Error &error) const
{
    switch (error.kind) {
    case ErrorKind::DatabaseDamaged:
        return true;
    case ErrorKind::ReadOnly:
        return m_files->isWritable();
    case ErrorKind::Database: { // or it is a migration that does not fit, on a sound file
        const Status sound = checkIntegrity();
        return !sound && (sound.error().kind == ErrorKind::DatabaseDamaged || sound.error().kind == error.kind);
    }
    default:
        return false;
    }
}

/// Over a connection of its own: the writer's may have the pages in memory from before they were damaged.
Status StoreConnection::checkIntegrity() const
{
    if (!m_files)
        return {};
    AC_ASSIGN(const auto database,
              Database::connect(sqliteTarget(), {.busyTimeout = m_options.busyTimeout, .readOnly = true}));
    return database->checkIntegrity();
}

Result<StoreOpened> StoreConnection::connectPostgres()
{
    AC_ASSIGN(auto database, Database::connect(*m_target, {.busyTimeout = m_options.busyTimeout}));
    return bringUpToDate(std::move(database));
}

Result<StoreOpened> StoreConnection::bringUpToDate(std::unique_ptr<Database> database)
{
    StoreOpened opened;
    AC_ASSIGN(opened.schemaBefore, schemaVersion(*database));
    if (opened.schemaBefore < latestSchemaVersion)
        AC_TRY(migrate(*database, wallTime(m_clock)));
    if (!m_options.activityLog.isEmpty()) {
        AC_ASSIGN(const Replayed log, replayActivity(*database, m_options.host, ActivityLog(m_options.activityLog)));
        opened.replayed = log.events;
        opened.activityLogProblem = log.logProblem;
    }
    m_database = std::move(database);
    return opened;
}

JournalMode StoreConnection::journalMode() const
{
    if (m_options.journal == StoreOptions::Journal::Automatic)
        return isOnNetworkFilesystem(m_files->database()) ? JournalMode::Rollback : JournalMode::WriteAhead;
    return m_options.journal == StoreOptions::Journal::Rollback ? JournalMode::Rollback : JournalMode::WriteAhead;
}

Result<StoreOpened> StoreConnection::repair()
{
    AC_TRY(m_files->markDamaged());
    m_database.reset();
    m_lock = {};
    AC_ASSIGN(m_lock, FileLock::take(m_files->lockFile(), LockMode::Exclusive, m_options.busyTimeout, m_clock));
    auto opened = m_files->isMarkedDamaged() ? rebuild() : connectSqlite(); // or another program was faster
    if (!opened) {
        m_lock = {};
        return opened;
    }
    m_lock.share();
    return opened;
}

Result<StoreOpened> StoreConnection::rebuild()
{
    QString setAside;
    if (!m_files->isEmpty()) {
        AC_ASSIGN(setAside, m_files->setAside(wallTime(m_clock)));
    }
    AC_TRY(m_files->prepare());
    auto opened = connectSqlite();
    if (!opened) {
        m_files->discard();
        return opened;
    }
    m_files->clearDamageMark();
    opened->setAside = setAside;
    return opened;
}

Status StoreConnection::ensureCurrent()
{
    if (!m_files)
        return {};
    if (m_files->isMarkedDamaged())
        return repairInUse();
    if (identify(m_files->database()).sameFile(m_identity))
        return {};
    m_database->closeLeavingLog(); // an ordinary close would delete the log of the file that is there now
    m_database.reset();
    AC_TRY(open());
    return {};
}

Status StoreConnection::repairInUse()
{
    AC_ASSIGN(const StoreOpened opened, repair());
    if (m_options.onRepaired && !opened.setAside.isEmpty())
        m_options.onRepaired(opened);
    return {};
}

bool StoreConnection::recoverFrom(const Error &error)
{
    if (m_files)
        return error.kind == ErrorKind::DatabaseDamaged && repairInUse().ok();
    if (error.kind == ErrorKind::DatabaseBusy)
        return true; // the server broke a deadlock between two writers
    if (error.kind != ErrorKind::Unreachable)
        return false;
    m_database.reset();
    return open().ok();
}

void StoreConnection::close()
{
    if (m_database && m_options.shortLived && m_files && m_files->logSize() <= logLeftBehind)
        m_database->closeLeavingLog();
    m_database.reset();
    m_lock = {};
}

} // namespace AutoCommit
