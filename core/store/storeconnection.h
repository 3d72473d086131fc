#pragma once

#include "core/store/database.h"
#include "core/store/storefiles.h"
#include "core/store/storeoptions.h"

#include "core/base/clock.h"

#include <memory>
#include <optional>

namespace AutoCommit {

/// The writer's connection with all that makes it a good one: directory and permissions, the journal that fits the
/// filesystem, migrations, what the activity log has and the database has not, and the repair of a damaged file.
///
/// Repair. A SQLite file must not be renamed while another program has it open: closing it, that program would delete
/// the new database's log by name. So every writer holds a shared lock on "<name>.lock" while it is connected, and
/// whoever finds the damage leaves the mark "<name>.damaged", closes, and waits for the exclusive lock. Writers look
/// for the mark before each transaction and let go; the first to get the lock sets the file aside, makes a new one from
/// the log and removes the mark. A program that dies half way leaves the mark, and the next one starts over. (Readers
/// need no part in this: without write access they delete nothing.)
class StoreConnection
{
public:
    StoreConnection(StoreOptions options, const Clock &clock);
    ~StoreConnection();
    Q_DISABLE_COPY_MOVE(StoreConnection)

    Result<StoreOpened> open();
    bool isOpen() const { return m_database != nullptr; }
    Database &database() { return *m_database; } ///< only while isOpen()

    /// Before each transaction: has somebody marked, replaced or removed the file? Then lets go and opens anew.
    Status ensureCurrent();

    /// After an error: true when the connection was repaired or made anew and the work is worth a second try.
    bool recoverFrom(const Error &error);

    /// Reads all of a SQLite file as it is on the disk and answers DatabaseDamaged when something is wrong.
    Status checkIntegrity() const;

    void close();

private:
    Result<StoreOpened> openSqlite();
    Result<FileLock> lockForOpening() const;
    Result<StoreOpened> connectSqlite();
    Result<StoreOpened> connectPostgres();
    Result<StoreOpened> bringUpToDate(std::unique_ptr<Database> database);
    Result<StoreOpened> repair();
    Result<StoreOpened> rebuild();
    Status repairInUse();
    JournalMode journalMode() const;
    bool pointsAtDamage(const Error &error) const;
    StoreTarget sqliteTarget() const;

    const StoreOptions m_options;
    const Clock &m_clock;
    std::optional<StoreTarget> m_target;
    std::optional<StoreFiles> m_files; ///< SQLite only
    FileLock m_lock;
    FileIdentity m_identity;
    std::unique_ptr<Database> m_database;
};

} // namespace AutoCommit
