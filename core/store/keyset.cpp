#include "core/store/keyset.h"

#include <QByteArray>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct Cursor
{
    QString time;
    qint64 id = 0;
};

Result<Cursor> parseCursor(const QString &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        text.toLatin1(), QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QString plain = QString::fromLatin1(decoded ? *decoded : QByteArray());
    bool isNumber = false;
    const Cursor cursor{.time = plain.section(u'|', 0, 0), .id = plain.section(u'|', 1).toLongLong(&isNumber)};
    if (!isNumber || !fromIsoText(cursor.time))
        return Error{.kind = ErrorKind::Usage, .message = u"The cursor is not one this list has given out."_s};
    return cursor;
}

} // namespace

QString cursorText(const QString &time, qint64 id)
{
    const QByteArray plain = u"%1|%2"_s.arg(time).arg(id).toLatin1();
    return QString::fromLatin1(plain.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

Result<KeysetStatement> keysetStatement(const KeysetQuery &query, const HistoryFilter &filter)
{
    QStringList where = query.where;
    KeysetStatement statement{
        .sql = {}, .values = query.values, .limit = std::clamp(filter.limit, 1, HistoryFilter::maxLimit)};
    const auto require = [&](const QString &condition, const QVariantList &values) {
        where.append(condition);
        statement.values.append(values);
    };
    if (query.hasHost && !filter.host.isEmpty())
        require(u"host = ?"_s, {filter.host});
    if (query.hasRepo && !filter.repo.isEmpty())
        require(u"repo = ?"_s, {filter.repo});
    if (filter.since)
        require(query.timeColumn + u" >= ?"_s, {sqlValue(*filter.since)});
    if (filter.until)
        require(query.timeColumn + u" < ?"_s, {sqlValue(*filter.until)});
    if (!filter.cursor.isEmpty()) {
        AC_ASSIGN(const Cursor cursor, parseCursor(filter.cursor));
        require(u"(%1, id) < (?, ?)"_s.arg(query.timeColumn), {cursor.time, cursor.id});
    }
    const QString conditions = where.isEmpty() ? QString() : u" WHERE "_s + where.join(u" AND "_s);
    statement.sql = u"SELECT %1 FROM %2%3 ORDER BY %4 DESC, id DESC LIMIT ?"_s.arg(query.columns, query.table,
                                                                                   conditions, query.timeColumn);
    statement.values.append(statement.limit + 1);
    return statement;
}

} // namespace AutoCommit
