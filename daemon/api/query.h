#pragma once

#include "core/store/historyfilter.h"
#include "daemon/api/route.h"

namespace AutoCommit {

/// The parameters every list takes. Usage: one that makes no sense; none is passed over in silence.
Result<HistoryFilter> filterOf(const ApiCall &call);

/// A whole number within its bounds; `standard` when it was not given.
Result<int> numberOf(const ApiCall &call, const QString &name, int standard, int min, int max);

/// Typed reads of a body. A missing field is empty; one of another type, or too long, is an error that names it.
class BodyReader
{
public:
    explicit BodyReader(const QJsonObject &object)
        : m_object(object)
    { }

    QString text(const QString &name, qsizetype maxLength = 1024);
    QString required(const QString &name, qsizetype maxLength = 1024);
    qint64 number(const QString &name, qint64 max);
    bool flag(const QString &name);
    std::optional<Timestamp> time(const QString &name);
    QStringList texts(const QString &name, qsizetype maxCount, qsizetype maxLength);
    QList<QJsonObject> objects(const QString &name, qsizetype maxCount);
    bool has(const QString &name) const { return m_object.contains(name) && !m_object[name].isNull(); }
    void allowOnly(const QStringList &names); ///< refuses a body with any other field
    void refuse(const QString &message); ///< the first one counts

    Status status() const; ///< ErrorKind::Usage for the first thing that was wrong

private:
    QJsonValue typed(const QString &name, QJsonValue::Type type, const QString &typeName);

    const QJsonObject m_object;
    QString m_problem;
};

} // namespace AutoCommit
