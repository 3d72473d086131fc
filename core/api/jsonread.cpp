#include "core/api/jsonread.h"

namespace AutoCommit {

QString textAt(const QJsonObject &object, QStringView key)
{
    return object.value(key).toString();
}

qint64 numberAt(const QJsonObject &object, QStringView key)
{
    return object.value(key).toInteger();
}

bool flagAt(const QJsonObject &object, QStringView key)
{
    return object.value(key).toBool();
}

QDateTime timeAt(const QJsonObject &object, QStringView key)
{
    const QString text = textAt(object, key);
    return text.isEmpty() ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

QStringList textsAt(const QJsonObject &object, QStringView key)
{
    QStringList texts;
    const QJsonArray array = object.value(key).toArray();
    for (const QJsonValue &value : array)
        texts.append(value.toString());
    return texts;
}

} // namespace AutoCommit
