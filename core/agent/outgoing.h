#pragma once

#include "core/base/redactedtext.h"

#include <QJsonArray>
#include <QJsonObject>

namespace AutoCommit {

/// A JSON object on its way to another machine. It takes numbers, our own words and RedactedText, nothing else, so that
/// no secret gets into it by mistake.
class OutgoingJson
{
public:
    template <std::size_t N> void add(const char (&key)[N], const RedactedText &text) { put(key, text.text()); }
    template <std::size_t N> void add(const char (&key)[N], qint64 number) { put(key, number); }
    template <std::size_t N> void add(const char (&key)[N], bool flag) { put(key, flag); }
    template <std::size_t N> void addNull(const char (&key)[N]) { put(key, QJsonValue::Null); }
    template <std::size_t N> void add(const char (&key)[N], const OutgoingJson &object) { put(key, object.m_object); }
    template <std::size_t N> void add(const char (&key)[N], const QList<OutgoingJson> &objects)
    {
        QJsonArray array;
        for (const OutgoingJson &object : objects)
            array.append(object.m_object);
        put(key, array);
    }
    template <std::size_t N> void add(const char (&key)[N], const QList<RedactedText> &texts)
    {
        QJsonArray array;
        for (const RedactedText &text : texts)
            array.append(text.text());
        put(key, array);
    }

    QByteArray bytes() const; ///< compact; the same content gives the same bytes
    const QJsonObject &object() const { return m_object; }

private:
    void put(const char *key, const QJsonValue &value) { m_object.insert(QLatin1StringView(key), value); }

    QJsonObject m_object;
};

} // namespace AutoCommit
