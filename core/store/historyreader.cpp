#include "core/store/historyreader.h"

#include "core/store/migrations.h"
#include "core/store/storefiles.h"

#include <QThread>

#include <utility>

namespace AutoCommit {

using namespace Qt::StringLiterals;

struct HistoryReader::State
{
    StoreTarget target;
    std::unique_ptr<Database> database;
    FileIdentity identity; ///< of the SQLite file that is open
    QThread *owner = nullptr; ///< compared, never used
};

HistoryReader::HistoryReader(QString location, const Clock &clock)
    : m_location(std::move(location))
    , m_clock(clock)
{ }

HistoryReader::~HistoryReader() = default;

Status HistoryReader::checkIntegrity()
{
    AC_ASSIGN(Database *const database, connection());
    return database->checkIntegrity();
}

Result<Database *> HistoryReader::connection()
{
    if (!m_state) {
        AC_ASSIGN(StoreTarget target, parseStoreTarget(m_location));
        m_state = std::make_unique<State>();
        m_state->target = std::move(target);
        m_state->owner = QThread::currentThread();
    }
    if (m_state->owner != QThread::currentThread())
        return Error{.kind = ErrorKind::Internal,
                     .message = u"The history was read from a thread that does not own the reader."_s};
    if (m_state->target.dialect == Dialect::PostgreSql) {
        if (!m_state->database)
            AC_TRY(openServer());
        return m_state->database.get();
    }
    const QString file = StoreFiles(m_state->target.file).database();
    if (!m_state->database || !identify(file).sameFile(m_state->identity))
        AC_TRY(openSqlite(file));
    return m_state->database.get();
}

Status HistoryReader::openServer()
{
    AC_ASSIGN(auto database, Database::connect(m_state->target, {.readOnly = true}));
    AC_ASSIGN(const int version, schemaVersion(*database));
    if (version < latestSchemaVersion)
        return Error{.kind = ErrorKind::Database,
                     .message = u"The history on the server is from an older version or empty; a daemon brings it up"
                                " to date when it starts."_s};
    m_state->database = std::move(database);
    return {};
}

Status HistoryReader::openSqlite(const QString &file)
{
    m_state->database.reset();
    StoreTarget target = m_state->target;
    target.file = file;
    const FileIdentity identity = identify(file);
    if (identity.size == 0)
        return openEmpty(std::move(target));
    AC_ASSIGN(auto database, Database::connect(target, {.readOnly = true}));
    AC_ASSIGN(const int version, schemaVersion(*database));
    if (version == 0) // just being made
        return openEmpty(std::move(target));
    if (version < latestSchemaVersion)
        return Error{.kind = ErrorKind::Database,
                     .message
                     = u"The history %1 is from an older version; the next commit brings it up to date."_s.arg(file)};
    m_state->identity = identity;
    m_state->database = std::move(database);
    return {};
}

/// An empty history that answers every question, until there is a file.
Status HistoryReader::openEmpty(StoreTarget target)
{
    target.file = u":memory:"_s;
    AC_ASSIGN(auto database, Database::connect(target, {}));
    AC_TRY(migrate(*database, wallTime(m_clock)));
    m_state->identity = {};
    m_state->database = std::move(database);
    return {};
}

bool HistoryReader::recoverFrom(const Error &error)
{
    if (error.kind != ErrorKind::Unreachable || !m_state)
        return false;
    m_state->database.reset();
    return true;
}

} // namespace AutoCommit
