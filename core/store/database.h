#pragma once

#include "core/base/result.h"
#include "core/store/storetarget.h"
#include "core/store/timestamp.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace AutoCommit {

/// Whether a transaction must have reached the disk when it is reported as done (see Database::transaction).
enum class Durability { Ordinary, Durable };

/// How SQLite keeps its journal. A write-ahead log needs shared memory, which network filesystems do not have.
enum class JournalMode { WriteAhead, Rollback };

/// A view of the current row of a query.
class Row
{
public:
    explicit Row(const QSqlQuery &query)
        : m_query(query)
    { }

    QString text(int column) const { return m_query.value(column).toString(); }
    qint64 number(int column) const { return m_query.value(column).toLongLong(); }
    Timestamp time(int column) const { return optionalTime(column).value_or(Timestamp{}); }
    std::optional<Timestamp> optionalTime(int column) const { return fromIsoText(text(column)); }

private:
    const QSqlQuery &m_query;
};

/// What a column takes for a moment, and for one that has not come.
QVariant sqlValue(Timestamp time);
QVariant sqlValue(std::optional<Timestamp> time);

/// One connection. Belongs to the thread that made it. Every statement is checked; nothing is retried here.
/// SQL is the common part of SQLite and PostgreSQL, with `?` for values.
class Database
{
public:
    struct Options
    {
        std::chrono::milliseconds busyTimeout{5000};
        bool readOnly = false;
        JournalMode journal = JournalMode::WriteAhead;
    };

    static Result<std::unique_ptr<Database>> connect(const StoreTarget &target, const Options &options);
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    Dialect dialect() const { return m_target.dialect; }

    /// Runs a statement and answers how many rows it changed.
    Result<int> run(const QString &sql, const QVariantList &values = {});

    /// The same for what is said once, such as the definition of a table, and answers nothing: not kept prepared.
    Status runOnce(const QString &sql);

    /// Runs a query and hands over each row. The handler must not use the connection.
    Status each(const QString &sql, const QVariantList &values, const std::function<void(const Row &)> &onRow);

    template <typename T> Result<QList<T>> list(const QString &sql, const QVariantList &values, T (*read)(const Row &))
    {
        QList<T> rows;
        AC_TRY(each(sql, values, [&](const Row &row) { rows.append(read(row)); }));
        return rows;
    }

    template <typename T>
    Result<std::optional<T>> first(const QString &sql, const QVariantList &values, T (*read)(const Row &))
    {
        std::optional<T> found;
        AC_TRY(each(sql, values, [&](const Row &row) {
            if (!found)
                found = read(row);
        }));
        return found;
    }

    /// Runs `work` between BEGIN and COMMIT; the first error rolls everything back and is answered.
    /// Durable: when this answers, the rows survive a power cut. SQLite: the log is synced before COMMIT returns
    /// (synchronous=FULL, and F_FULLFSYNC on macOS). PostgreSQL: synchronous_commit stays on. Ordinary transactions
    /// survive a kill of the program, and the loss of power may take the last of them, never the file.
    Status transaction(Durability durability, const std::function<Status()> &work);

    /// Reads all of a SQLite file, indexes against tables too, and answers DatabaseDamaged when something is wrong.
    Status checkIntegrity();

    /// For thousands of rows at once: more memory and fewer check-points until it is switched off again.
    Status setBulk(bool bulk);

    /// Closes without SQLite's check-point: the write-ahead log stays as a kill would leave it, and whoever opens the
    /// file next carries on from there. Saves two syncs at the end of a short-lived program.
    void closeLeavingLog();

private:
    Database(StoreTarget target, const Options &options);
    Status open();
    Status configureSqlite();
    Status configurePostgres();
    Status leaveWriteAheadLog();
    Status setSynchronous(Durability durability);
    Result<QSqlQuery *> execute(const QString &sql, const QVariantList &values);
    Error failure(const QSqlError &error);

    const StoreTarget m_target;
    const Options m_options;
    QSqlDatabase m_connection;
    std::unordered_map<QString, std::unique_ptr<QSqlQuery>> m_prepared;
    Durability m_synchronous = Durability::Ordinary;
    bool m_lost = false; ///< the server is gone: good for nothing but to be destroyed
    bool m_logged = false; ///< SQLite really is in write-ahead mode
};

} // namespace AutoCommit
