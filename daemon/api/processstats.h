#pragma once

#include <QtGlobal>

namespace AutoCommit {

/// What this process uses at the moment.
struct ProcessStats
{
    qint64 residentBytes = 0; ///< 0: not known
    double cpuSeconds = 0; ///< user and system, since it started
    qint64 openFiles = -1; ///< -1: not known
};

ProcessStats processStats();

} // namespace AutoCommit
