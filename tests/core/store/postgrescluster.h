#pragma once

#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace AutoCommit::Testing {

/// A PostgreSQL server of our own in a temporary directory, reached over a socket in it; no port is opened. The server
/// refuses to run as root, so as root it runs as the user postgres.
class PostgresCluster
{
public:
    PostgresCluster();
    ~PostgresCluster();
    Q_DISABLE_COPY_MOVE(PostgresCluster)

    /// Empty = it runs; else why not, for instance because no server is installed.
    QString problem() const { return m_problem; }

    bool start();
    bool stop(const QString &mode = QStringLiteral("fast"));

    QString url(const QString &database) const;
    /// Runs SQL as the administrator in `database`.
    bool run(const QString &sql, const QString &database = QStringLiteral("postgres"));

private:
    bool call(const QString &program, const QStringList &arguments);

    QTemporaryDir m_folder;
    QString m_programs; ///< directory of initdb, pg_ctl and psql
    QString m_problem;
};

} // namespace AutoCommit::Testing
