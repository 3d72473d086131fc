#include "daemon/api/query.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Error wrong(const QString &what)
{
    return {ErrorKind::Usage, what};
}

} // namespace

Result<int> numberOf(const ApiCall &call, const QString &name, int standard, int min, int max)
{
    const QString given = call.target.value(name);
    if (given.isEmpty())
        return standard;
    bool isNumber = false;
    const int value = given.toInt(&isNumber);
    if (!isNumber || value < min || value > max)
        return wrong(u"%1 has to be a number from %2 to %3"_s.arg(name).arg(min).arg(max));
    return value;
}

Result<HistoryFilter> filterOf(const ApiCall &call)
{
    HistoryFilter filter;
    AC_ASSIGN(filter.limit, numberOf(call, u"limit"_s, 50, 1, HistoryFilter::maxLimit));
    filter.host = call.target.value(u"host");
    filter.repo = call.target.value(u"repo");
    filter.cursor = call.target.value(u"cursor");
    if (const QString since = call.target.value(u"since"); !since.isEmpty()) {
        filter.since = fromIsoText(since);
        if (!filter.since)
            return wrong(u"since has to be a time such as 2026-08-22T10:11:12Z"_s);
    }
    return filter;
}

void BodyReader::refuse(const QString &message)
{
    if (m_problem.isEmpty())
        m_problem = message;
}

void BodyReader::allowOnly(const QStringList &names)
{
    for (const QString &name : m_object.keys())
        if (!names.contains(name))
            refuse(u"nobody knows the field \"%1\"; there are %2"_s.arg(name.left(64), names.join(u", "_s)));
}

Status BodyReader::status() const
{
    if (m_problem.isEmpty())
        return {};
    return wrong(m_problem);
}

QJsonValue BodyReader::typed(const QString &name, QJsonValue::Type type, const QString &typeName)
{
    const QJsonValue value = m_object[name];
    if (value.isUndefined() || value.isNull() || value.type() == type)
        return value;
    refuse(u"field \"%1\" has to be %2"_s.arg(name, typeName));
    return {};
}

QString BodyReader::text(const QString &name, qsizetype maxLength)
{
    const QString value = typed(name, QJsonValue::String, u"text"_s).toString();
    if (value.size() > maxLength)
        refuse(u"field \"%1\" is longer than %2 characters"_s.arg(name).arg(maxLength));
    else if (value.contains(QChar::Null))
        refuse(u"field \"%1\" has a NUL in it"_s.arg(name));
    return value;
}

QString BodyReader::required(const QString &name, qsizetype maxLength)
{
    const QString value = text(name, maxLength);
    if (value.isEmpty())
        refuse(u"field \"%1\" is needed"_s.arg(name));
    return value;
}

qint64 BodyReader::number(const QString &name, qint64 max)
{
    const double value = typed(name, QJsonValue::Double, u"a number"_s).toDouble();
    const auto whole = value >= 0 && value <= static_cast<double>(max) ? static_cast<qint64>(value) : -1;
    if (whole < 0 || static_cast<double>(whole) != value)
        refuse(u"field \"%1\" has to be a whole number from 0 to %2"_s.arg(name).arg(max));
    return whole;
}

bool BodyReader::flag(const QString &name)
{
    return typed(name, QJsonValue::Bool, u"true or false"_s).toBool();
}

std::optional<Timestamp> BodyReader::time(const QString &name)
{
    const QString value = text(name, 32);
    const auto result = fromIsoText(value);
    if (!value.isEmpty() && !result)
        refuse(u"field \"%1\" has to be a time such as 2026-08-22T10:11:12Z"_s.arg(name));
    return result;
}

QStringList BodyReader::texts(const QString &name, qsizetype maxCount, qsizetype maxLength)
{
    const QJsonArray array = typed(name, QJsonValue::Array, u"a list"_s).toArray();
    if (array.size() > maxCount)
        refuse(u"field \"%1\" has more than %2 entries"_s.arg(name).arg(maxCount));
    QStringList result;
    for (const QJsonValue &value : array) {
        if (!value.isString() || value.toString().size() > maxLength || value.toString().contains(QChar::Null))
            refuse(u"field \"%1\" has to be a list of texts of at most %2 characters"_s.arg(name).arg(maxLength));
        else if (result.size() < maxCount)
            result += value.toString();
    }
    return result;
}

QList<QJsonObject> BodyReader::objects(const QString &name, qsizetype maxCount)
{
    const QJsonArray array = typed(name, QJsonValue::Array, u"a list"_s).toArray();
    if (array.size() > maxCount)
        refuse(u"field \"%1\" has more than %2 entries"_s.arg(name).arg(maxCount));
    QList<QJsonObject> result;
    for (const QJsonValue &value : array) {
        if (!value.isObject())
            refuse(u"field \"%1\" has to be a list of objects"_s.arg(name));
        else if (result.size() < maxCount)
            result += value.toObject();
    }
    return result;
}

} // namespace AutoCommit
