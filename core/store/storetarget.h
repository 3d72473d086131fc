#pragma once

#include "core/base/result.h"

#include <QString>

namespace AutoCommit {

enum class Dialect { Sqlite, PostgreSql };

/// Where a history lives: a SQLite file, or a database on a PostgreSQL server.
struct StoreTarget
{
    Dialect dialect = Dialect::Sqlite;
    QString file = {}; ///< SQLite
    QString server = {}; ///< name, address or directory of the socket; empty = libpq's default
    int port = -1;
    QString database = {};
    QString user = {};
    QString password = {}; ///< better in ~/.pgpass or a service file; never shown
    QString options = {}; ///< further libpq parameters, ready for a connection string

    /// For messages and logs: the file, or the URL without user, password and options.
    QString display() const;
};

/// `postgresql://[user[:password]@][server][:port]/database[?parameter=value&…]` (also `postgres://`), else the path of
/// a file. Parameters are libpq's: host, port, user, password, dbname, sslmode, sslrootcert, sslcert, sslkey, passfile,
/// service, connect_timeout, application_name; any other is refused with ErrorKind::Config.
Result<StoreTarget> parseStoreTarget(const QString &location);

} // namespace AutoCommit
