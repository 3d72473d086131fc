#include "daemon/api/processstats.h"

#include <QDir>
#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

namespace AutoCommit {

ProcessStats processStats()
{
    ProcessStats stats;
    if (QFile file(QStringLiteral("/proc/self/statm")); file.open(QIODevice::ReadOnly)) {
        const QByteArrayList pages = file.readAll().split(' ');
        stats.residentBytes = pages.value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
    }
    rusage usage = {};
    if (::getrusage(RUSAGE_SELF, &usage) == 0) {
        const auto seconds = [](const timeval &time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        stats.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    const QDir descriptors(QStringLiteral("/proc/self/fd"));
    stats.openFiles
        = descriptors.exists() ? static_cast<qint64>(descriptors.entryList(QDir::Files | QDir::System).size()) : -1;
    return stats;
}

} // namespace AutoCommit
