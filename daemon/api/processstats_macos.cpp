#include "daemon/api/processstats.h"

#include <libproc.h>
#include <sys/resource.h>
#include <unistd.h>

namespace AutoCommit {

ProcessStats processStats()
{
    ProcessStats stats;
    proc_taskinfo info = {};
    if (::proc_pidinfo(::getpid(), PROC_PIDTASKINFO, 0, &info, sizeof info) == static_cast<int>(sizeof info))
        stats.residentBytes = static_cast<qint64>(info.pti_resident_size);
    rusage usage = {};
    if (::getrusage(RUSAGE_SELF, &usage) == 0) {
        const auto seconds = [](const timeval &time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
        };
        stats.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    const int bytes = ::proc_pidinfo(::getpid(), PROC_PIDLISTFDS, 0, nullptr, 0);
    stats.openFiles = bytes > 0 ? bytes / static_cast<int>(PROC_PIDLISTFD_SIZE) : -1;
    return stats;
}

} // namespace AutoCommit
