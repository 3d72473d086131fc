#include "core/service/daemonregistry.h"

#include <QFile>

namespace AutoCommit {

/// Field 22 of proc(5)'s stat: ticks since boot. The name in field 2 may hold blanks and parentheses.
QString processStartTime(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = stat.readAll();
    const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
    const bool gone = fields.value(0) == "Z" || fields.value(0) == "X"; // not yet reaped
    return gone ? QString() : QString::fromLatin1(fields.value(19));
}

} // namespace AutoCommit
