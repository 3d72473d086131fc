#include "core/store/database.h"

#include "core/store/databaseerror.h"

#include <QMutex>
#include <QSqlError>

#include <atomic>
#include <utility>
#include <vector>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString freshConnectionName()
{
    static std::atomic<quint64> number = 0;
    return u"auto-commit-history-%1"_s.arg(++number);
}

QString driverName(Dialect dialect)
{
    return dialect == Dialect::Sqlite ? u"QSQLITE"_s : u"QPSQL"_s;
}

QString sqliteOptions(const Database::Options &options)
{
    QString text = u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(options.busyTimeout.count());
    if (options.readOnly)
        text += u";QSQLITE_OPEN_READONLY"_s;
    return text;
}

/// A server that has gone silent must not hold up the program: libpq's own time-outs are hours.
QString postgresOptions(const StoreTarget &target)
{
    return u"connect_timeout=5 keepalives_idle=30 tcp_user_timeout=15000 fallback_application_name=auto-commit"_s
        + target.options;
}

/// The drivers take a null string for NULL, and PostgreSQL refuses the character NUL in text.
QVariant storable(const QVariant &value)
{
    if (value.typeId() != QMetaType::QString || value.isNull())
        return value;
    const QString text = value.toString();
    return text.isEmpty() ? u""_s : QString(text).remove(QChar::Null);
}

} // namespace

QVariant sqlValue(Timestamp time)
{
    return isoText(time);
}

QVariant sqlValue(std::optional<Timestamp> time)
{
    return time ? QVariant(isoText(*time)) : QVariant(QMetaType(QMetaType::QString));
}

Database::Database(StoreTarget target, const Options &options)
    : m_target(std::move(target))
    , m_options(options)
{ }

Result<std::unique_ptr<Database>> Database::connect(const StoreTarget &target, const Options &options)
{
    std::unique_ptr<Database> database(new Database(target, options));
    AC_TRY(database->open());
    return database;
}

Database::~Database()
{
    if (!m_connection.isValid())
        return;
    // A statement that outlives its driver says nothing; one that is freed on a lost connection warns each time.
    if (!m_lost)
        m_prepared.clear();
    const QString name = m_connection.connectionName();
    m_connection.close();
    m_connection = {};
    QSqlDatabase::removeDatabase(name);
}

void Database::closeLeavingLog()
{
    if (!m_logged)
        return;
    // The registry of connections closes what nobody else refers to when the program ends; this reference never ends.
    static QBasicMutex mutex;
    static auto *const left = new std::vector<QSqlDatabase>;
    m_prepared.clear();
    const QMutexLocker lock(&mutex);
    left->push_back(std::exchange(m_connection, {}));
}

Status Database::open()
{
    const QString driver = driverName(m_target.dialect);
    m_connection = QSqlDatabase::addDatabase(driver, freshConnectionName());
    if (!m_connection.isValid()) {
        const QString package = m_target.dialect == Dialect::Sqlite ? u"libqt6sql6-sqlite"_s : u"libqt6sql6-psql"_s;
        return Error{.kind = ErrorKind::Config,
                     .message
                     = u"Qt's database driver %1 is not installed (Debian: package %2)."_s.arg(driver, package)};
    }
    const bool sqlite = m_target.dialect == Dialect::Sqlite;
    m_connection.setDatabaseName(sqlite ? m_target.file : m_target.database);
    m_connection.setHostName(m_target.server);
    m_connection.setPort(m_target.port);
    m_connection.setUserName(m_target.user);
    m_connection.setPassword(m_target.password);
    m_connection.setConnectOptions(sqlite ? sqliteOptions(m_options) : postgresOptions(m_target));
    if (!m_connection.open())
        return databaseError(m_connection.lastError(), m_target, DatabaseStep::Connect);
    return sqlite ? configureSqlite() : configurePostgres();
}

Status Database::configureSqlite()
{
    // cell_size_check finds damage where it is read; 4 MiB of page cache is plenty for single rows and lists.
    AC_TRY(runOnce(u"PRAGMA cell_size_check=ON"_s));
    AC_TRY(runOnce(u"PRAGMA trusted_schema=OFF"_s));
    AC_TRY(runOnce(u"PRAGMA cache_size=-4096"_s));
    AC_TRY(runOnce(u"PRAGMA temp_store=MEMORY"_s));
    AC_TRY(runOnce(u"PRAGMA journal_size_limit=4194304"_s)); // a log that grew for a rebuild does not stay so
#ifdef Q_OS_MACOS
    AC_TRY(runOnce(u"PRAGMA fullfsync=ON"_s)); // fsync alone does not empty the drive's cache there
#endif
    if (m_options.readOnly)
        return runOnce(u"PRAGMA query_only=ON"_s);
    if (m_options.journal == JournalMode::Rollback)
        return leaveWriteAheadLog();
    AC_TRY(each(u"PRAGMA journal_mode=WAL"_s, {}, [this](const Row &row) { m_logged = row.text(0) == u"wal"_s; }));
    // Without the log every transaction has to be synced, or a power cut may damage the file itself.
    m_synchronous = m_logged ? Durability::Ordinary : Durability::Durable;
    return runOnce(m_logged ? u"PRAGMA synchronous=NORMAL"_s : u"PRAGMA synchronous=FULL"_s);
}

/// On a network filesystem. A file that was in write-ahead mode can be read there only by one who has it alone:
/// https://sqlite.org/wal.html, "Use of WAL Without Shared-Memory".
Status Database::leaveWriteAheadLog()
{
    AC_TRY(runOnce(u"PRAGMA locking_mode=EXCLUSIVE"_s));
    AC_TRY(runOnce(u"PRAGMA journal_mode=DELETE"_s));
    AC_TRY(runOnce(u"PRAGMA locking_mode=NORMAL"_s));
    AC_TRY(each(u"SELECT count(*) FROM sqlite_master"_s, {}, [](const Row &) {})); // lets go of the lock
    m_synchronous = Durability::Durable;
    return runOnce(u"PRAGMA synchronous=FULL"_s);
}

Status Database::configurePostgres()
{
    return runOnce(u"SET client_min_messages TO warning; SET standard_conforming_strings TO on; SET lock_timeout TO %1;"
                   " SET statement_timeout TO 30000; SET idle_in_transaction_session_timeout TO 60000;"
                   " SET default_transaction_read_only TO %2"_s.arg(m_options.busyTimeout.count())
                       .arg(m_options.readOnly ? u"on"_s : u"off"_s));
}

Status Database::setSynchronous(Durability durability)
{
    if (!m_logged || durability == m_synchronous)
        return {};
    AC_TRY(runOnce(durability == Durability::Durable ? u"PRAGMA synchronous=FULL"_s : u"PRAGMA synchronous=NORMAL"_s));
    m_synchronous = durability;
    return {};
}

Status Database::runOnce(const QString &sql)
{
    QSqlQuery query(m_connection);
    if (query.exec(sql))
        return {};
    return failure(query.lastError());
}

Error Database::failure(const QSqlError &error)
{
    Error known = databaseError(error, m_target, DatabaseStep::Statement);
    m_lost = m_lost || known.kind == ErrorKind::Unreachable;
    return known;
}

Result<QSqlQuery *> Database::execute(const QString &sql, const QVariantList &values)
{
    auto found = m_prepared.find(sql);
    if (found == m_prepared.end()) {
        auto query = std::make_unique<QSqlQuery>(m_connection);
        query->setForwardOnly(m_target.dialect == Dialect::Sqlite);
        if (!query->prepare(sql))
            return failure(query->lastError());
        found = m_prepared.emplace(sql, std::move(query)).first;
    }
    QSqlQuery &query = *found->second;
    for (int i = 0; i < values.size(); ++i)
        query.bindValue(i, storable(values[i]));
    if (query.exec())
        return &query;
    Error error = failure(query.lastError());
    if (!m_lost)
        m_prepared.erase(found);
    return error;
}

Result<int> Database::run(const QString &sql, const QVariantList &values)
{
    AC_ASSIGN(QSqlQuery *const query, execute(sql, values));
    const int changed = query->numRowsAffected();
    query->finish();
    return changed;
}

Status Database::each(const QString &sql, const QVariantList &values, const std::function<void(const Row &)> &onRow)
{
    AC_ASSIGN(QSqlQuery *const query, execute(sql, values));
    while (query->next())
        onRow(Row(*query));
    // A read that met damage or lost the server ends like one that met the last row.
    const QSqlError error = query->lastError();
    query->finish();
    if (error.type() != QSqlError::NoError)
        return failure(error);
    return {};
}

Status Database::setBulk(bool bulk)
{
    if (m_target.dialect != Dialect::Sqlite)
        return {};
    AC_TRY(runOnce(bulk ? u"PRAGMA cache_size=-65536"_s : u"PRAGMA cache_size=-4096"_s));
    AC_TRY(runOnce(bulk ? u"PRAGMA wal_autocheckpoint=20000"_s : u"PRAGMA wal_autocheckpoint=1000"_s));
    return bulk ? Status() : runOnce(u"PRAGMA shrink_memory"_s);
}

Status Database::checkIntegrity()
{
    if (m_target.dialect != Dialect::Sqlite)
        return {};
    QString found;
    AC_TRY(each(u"PRAGMA integrity_check(1)"_s, {}, [&](const Row &row) { found = row.text(0); }));
    if (found == u"ok"_s)
        return {};
    return Error{.kind = ErrorKind::DatabaseDamaged,
                 .message = u"The history database %1 is damaged."_s.arg(m_target.display()),
                 .detail = found};
}

Status Database::transaction(Durability durability, const std::function<Status()> &work)
{
    if (m_target.dialect == Dialect::Sqlite) {
        AC_TRY(setSynchronous(durability));
        AC_TRY(runOnce(u"BEGIN IMMEDIATE"_s)); // a deferred one would find out that it is too late half way through
    } else {
        AC_TRY(
            runOnce(durability == Durability::Durable ? u"BEGIN"_s : u"BEGIN; SET LOCAL synchronous_commit TO off"_s));
    }
    Status done = work();
    if (done)
        done = runOnce(u"COMMIT"_s);
    if (!done)
        static_cast<void>(runOnce(u"ROLLBACK"_s)); // may be gone already; the first error is what counts
    return done;
}

} // namespace AutoCommit
