#include "tests/core/store/postgrescluster.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSqlDatabase>
#include <QStandardPaths>

#include <unistd.h>

namespace AutoCommit::Testing {

using namespace Qt::StringLiterals;

namespace {

/// Debian keeps the programs of the server away from PATH, one directory per version.
QString findPrograms()
{
    const QDir debian(u"/usr/lib/postgresql"_s);
    const QStringList versions = debian.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
    for (const QString &version : versions) {
        if (QFileInfo::exists(debian.filePath(version + u"/bin/initdb"_s)))
            return debian.filePath(version + u"/bin"_s);
    }
    const QString found = QStandardPaths::findExecutable(u"initdb"_s);
    return found.isEmpty() ? QString() : QFileInfo(found).absolutePath();
}

} // namespace

PostgresCluster::PostgresCluster()
    : m_folder(u"/tmp/acpg-XXXXXX"_s) // a socket's path may have about 100 bytes
    , m_programs(findPrograms())
{
    if (m_programs.isEmpty()) {
        m_problem = u"no PostgreSQL server is installed (Debian: package postgresql)"_s;
        return;
    }
    if (!QSqlDatabase::isDriverAvailable(u"QPSQL"_s)) {
        m_problem = u"Qt's driver for PostgreSQL is not installed (Debian: package libqt6sql6-psql)"_s;
        return;
    }
    QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7777));
    if (!call(u"initdb"_s,
              {u"-D"_s, m_folder.filePath(u"data"_s), u"-U"_s, u"admin"_s, u"-A"_s, u"trust"_s, u"-E"_s, u"UTF8"_s,
               u"--locale=C.UTF-8"_s, u"-N"_s})
        || !start())
        m_problem = u"the PostgreSQL server could not be started"_s;
}

PostgresCluster::~PostgresCluster()
{
    if (m_problem.isEmpty())
        stop(u"immediate"_s);
    call(u"rm"_s, {u"-rf"_s, m_folder.filePath(u"data"_s)}); // it belongs to another user
}

bool PostgresCluster::start()
{
    return call(u"pg_ctl"_s,
                {u"-D"_s, m_folder.filePath(u"data"_s), u"-w"_s, u"-l"_s, m_folder.filePath(u"log"_s), u"-o"_s,
                 u"-F -k %1 -c listen_addresses="_s.arg(m_folder.path()), u"start"_s});
}

bool PostgresCluster::stop(const QString &mode)
{
    return call(u"pg_ctl"_s, {u"-D"_s, m_folder.filePath(u"data"_s), u"-w"_s, u"-m"_s, mode, u"stop"_s});
}

QString PostgresCluster::url(const QString &database) const
{
    return u"postgresql://admin@/%1?host=%2"_s.arg(database, m_folder.path());
}

bool PostgresCluster::run(const QString &sql, const QString &database)
{
    return call(u"psql"_s,
                {u"-h"_s, m_folder.path(), u"-U"_s, u"admin"_s, u"-d"_s, database, u"-v"_s, u"ON_ERROR_STOP=1"_s,
                 u"-qc"_s, sql});
}

bool PostgresCluster::call(const QString &program, const QStringList &arguments)
{
    const QString path = m_programs + u'/' + program;
    QStringList command{QFileInfo::exists(path) ? path : program};
    command += arguments;
    if (::geteuid() == 0)
        command = QStringList{u"runuser"_s, u"-u"_s, u"postgres"_s, u"--"_s} + command;
    QProcess process;
    process.setWorkingDirectory(u"/"_s);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(QProcess::nullDevice()); // the server would hold a pipe open
    process.setStandardErrorFile(m_folder.filePath(u"stderr-%1"_s.arg(::getpid())), QIODevice::Append);
    process.start(command.takeFirst(), command);
    return process.waitForFinished(60'000) && process.exitCode() == 0;
}

} // namespace AutoCommit::Testing
