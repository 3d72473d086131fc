#pragma once

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace AutoCommit {

// Reading of what came over the wire: a field that is missing, null or of another type reads as empty, because an
// older or newer daemon must never make the window fail.

QString textAt(const QJsonObject &object, QStringView key);
qint64 numberAt(const QJsonObject &object, QStringView key);
bool flagAt(const QJsonObject &object, QStringView key);
QDateTime timeAt(const QJsonObject &object, QStringView key); ///< UTC; invalid for null
QStringList textsAt(const QJsonObject &object, QStringView key);

/// Every object of the list under `key`, read by `parse`.
template <typename Parse> auto listAt(const QJsonObject &object, QStringView key, Parse parse)
{
    QList<decltype(parse(QJsonObject()))> items;
    const QJsonArray array = object.value(key).toArray();
    items.reserve(array.size());
    for (const QJsonValue &value : array)
        items.append(parse(value.toObject()));
    return items;
}

} // namespace AutoCommit
