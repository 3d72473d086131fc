#include "core/store/storetarget.h"

#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error wrongUrl(const QString &what)
{
    return {.kind = ErrorKind::Config,
            .message = u"The database URL %1. Expected: postgresql://user@server/database"_s.arg(what)};
}

QString quotedForLibpq(QString value)
{
    value.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
    return u'\'' + value + u'\'';
}

Status applyParameter(StoreTarget &target, const QString &name, const QString &value)
{
    static const QStringList passedOn{u"sslmode"_s,  u"sslrootcert"_s, u"sslcert"_s,         u"sslkey"_s,
                                      u"passfile"_s, u"service"_s,     u"connect_timeout"_s, u"application_name"_s};
    // Qt turns every semicolon of the options into a blank.
    if (value.contains(u';') || value.contains(QChar::Null))
        return wrongUrl(u"has a character in '%1' that cannot be passed on"_s.arg(name));
    if (name == u"host"_s)
        target.server = value;
    else if (name == u"port"_s)
        target.port = value.toInt();
    else if (name == u"user"_s)
        target.user = value;
    else if (name == u"password"_s)
        target.password = value;
    else if (name == u"dbname"_s)
        target.database = value;
    else if (passedOn.contains(name))
        target.options += u' ' + name + u'=' + quotedForLibpq(value);
    else
        return wrongUrl(u"has an unknown parameter '%1'"_s.arg(name));
    return {};
}

Result<StoreTarget> parsePostgres(const QString &location)
{
    const QUrl url(location, QUrl::StrictMode);
    if (!url.isValid())
        return wrongUrl(u"cannot be read"_s);
    StoreTarget target{.dialect = Dialect::PostgreSql,
                       .server = url.host(),
                       .port = url.port(),
                       .database = url.path(QUrl::FullyDecoded).mid(1),
                       .user = url.userName(QUrl::FullyDecoded),
                       .password = url.password(QUrl::FullyDecoded)};
    const auto parameters = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : parameters)
        AC_TRY(applyParameter(target, name, value));
    if (target.port == 0 || target.port > 65535)
        return wrongUrl(u"has a port that is no port"_s);
    if (target.database.isEmpty() && !target.options.contains(u" service="_s))
        return wrongUrl(u"names no database"_s);
    return target;
}

} // namespace

QString StoreTarget::display() const
{
    if (dialect == Dialect::Sqlite)
        return file;
    const QString where = port > 0 ? u"%1:%2"_s.arg(server).arg(port) : server;
    return u"postgresql://%1/%2"_s.arg(where, database);
}

Result<StoreTarget> parseStoreTarget(const QString &location)
{
    if (location.startsWith("postgresql://"_L1) || location.startsWith("postgres://"_L1))
        return parsePostgres(location);
    if (location.isEmpty())
        return Error{.kind = ErrorKind::Config, .message = u"No place for the history database is configured."_s};
    return StoreTarget{.dialect = Dialect::Sqlite, .file = location};
}

} // namespace AutoCommit
