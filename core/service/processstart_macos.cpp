#include "core/service/daemonregistry.h"

#include <libproc.h>

namespace AutoCommit {

QString processStartTime(qint64 pid)
{
    proc_bsdinfo info{};
    const int size = ::proc_pidinfo(static_cast<int>(pid), PROC_PIDTBSDINFO, 0, &info, sizeof info);
    if (size != static_cast<int>(sizeof info))
        return {};
    return QStringLiteral("%1.%2").arg(info.pbi_start_tvsec).arg(info.pbi_start_tvusec, 6, 10, QLatin1Char('0'));
}

} // namespace AutoCommit
