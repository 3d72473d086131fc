#include "core/store/databaseerror.h"

#include <QFileInfo>
#include <QSqlError>

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Result codes: https://sqlite.org/rescode.html; the driver reports the extended ones, the low byte is the class.
ErrorKind kindOfSqlite(int code, const StoreTarget &target)
{
    switch (code & 0xFF) {
    case 3: // PERM
    case 23: // AUTH
        return ErrorKind::PermissionDenied;
    case 5: // BUSY
    case 6: // LOCKED
    case 15: // PROTOCOL: lost the race for the lock too often
        return ErrorKind::DatabaseBusy;
    case 7: // NOMEM
        return ErrorKind::OutOfResources;
    case 8: // READONLY
        return ErrorKind::ReadOnly;
    case 10: // IOERR
        return ErrorKind::IoError;
    case 11: // CORRUPT
    case 26: // NOTADB
        return ErrorKind::DatabaseDamaged;
    case 13: // FULL
        return ErrorKind::DiskFull;
    case 14: { // CANTOPEN says no more than that
        const QFileInfo directory(QFileInfo(target.file).absolutePath());
        return directory.exists() && !directory.isWritable() ? ErrorKind::ReadOnly : ErrorKind::IoError;
    }
    default:
        return ErrorKind::Database;
    }
}

/// Classes of SQLSTATE: PostgreSQL documentation, appendix A.
ErrorKind kindOfPostgres(const QString &state)
{
    struct Row
    {
        const char *prefix;
        ErrorKind kind;
    };
    static constexpr std::array rows{
        Row{"08", ErrorKind::Unreachable}, // connection exception
        Row{"57P", ErrorKind::Unreachable}, // server shut down, crashed, starting up
        Row{"53100", ErrorKind::DiskFull},
        Row{"53300", ErrorKind::Unreachable}, // too many connections
        Row{"53", ErrorKind::OutOfResources},
        Row{"55P03", ErrorKind::DatabaseBusy}, // lock_timeout
        Row{"57014", ErrorKind::DatabaseBusy}, // statement_timeout
        Row{"40", ErrorKind::DatabaseBusy}, // deadlock, serialization
        Row{"28", ErrorKind::AuthFailed},
        Row{"3D", ErrorKind::Config}, // no such database
        Row{"25006", ErrorKind::ReadOnly},
        Row{"42501", ErrorKind::PermissionDenied},
        Row{"58", ErrorKind::IoError},
        Row{"XX001", ErrorKind::IoError}, // data or index corrupted: the server's business, not ours to set aside
        Row{"XX002", ErrorKind::IoError},
    };
    for (const Row &row : rows) {
        if (state.startsWith(QLatin1String(row.prefix)))
            return row.kind;
    }
    return ErrorKind::Database;
}

/// A failed connect carries no SQLSTATE, only libpq's words (fixed English: it is a client message of ours, and the
/// server's FATAL texts in the language of the server).
ErrorKind kindOfConnect(const QString &text)
{
    if (text.contains("password"_L1) || text.contains("authentication"_L1) || text.contains("role"_L1))
        return ErrorKind::AuthFailed;
    if (text.contains("does not exist"_L1) && text.contains("database"_L1))
        return ErrorKind::Config;
    return ErrorKind::Unreachable;
}

QString sentence(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::DatabaseBusy:
        return u"The history database %1 is held by another program."_s;
    case ErrorKind::DatabaseDamaged:
        return u"The history database %1 is damaged."_s;
    case ErrorKind::DiskFull:
        return u"No room left for the history database %1."_s;
    case ErrorKind::ReadOnly:
        return u"The history database %1 cannot be written: it is read-only."_s;
    case ErrorKind::PermissionDenied:
        return u"The history database %1 may not be used by this user."_s;
    case ErrorKind::Unreachable:
        return u"The database server of %1 cannot be reached."_s;
    case ErrorKind::AuthFailed:
        return u"The database server refuses the login for %1."_s;
    case ErrorKind::Config:
        return u"There is no database %1: create it, or correct the database URL."_s;
    case ErrorKind::IoError:
        return u"The history database %1 cannot be read or written."_s;
    default:
        return u"The history database %1 refused a request."_s;
    }
}

} // namespace

Error databaseError(const QSqlError &error, const StoreTarget &target, DatabaseStep step)
{
    ErrorKind kind = ErrorKind::Database;
    if (target.dialect == Dialect::Sqlite)
        kind = kindOfSqlite(error.nativeErrorCode().toInt(), target);
    else if (step == DatabaseStep::Connect)
        kind = kindOfConnect(error.databaseText());
    else if (error.nativeErrorCode().isEmpty())
        kind = ErrorKind::Unreachable; // whatever a server says has a SQLSTATE; this is libpq that lost it
    else
        kind = kindOfPostgres(error.nativeErrorCode());
    return {.kind = kind,
            .message = sentence(kind).arg(target.display()),
            .detail = u"%1 (%2)"_s.arg(error.databaseText().simplified(), error.nativeErrorCode())};
}

bool mayPass(const Error &error)
{
    static constexpr std::array passing{ErrorKind::DatabaseBusy,   ErrorKind::DatabaseDamaged,  ErrorKind::DiskFull,
                                        ErrorKind::ReadOnly,       ErrorKind::PermissionDenied, ErrorKind::IoError,
                                        ErrorKind::OutOfResources, ErrorKind::Unreachable,      ErrorKind::AuthFailed};
    return std::ranges::find(passing, error.kind) != passing.end();
}

} // namespace AutoCommit
