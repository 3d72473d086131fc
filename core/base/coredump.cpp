#include "core/base/coredump.h"

#include <sys/resource.h>

namespace AutoCommit {

void leaveNoCoreDump()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_CORE, &limit) != 0)
        return;
    limit.rlim_cur = 0; // the hard limit stays: a hook may have its own wishes
    ::setrlimit(RLIMIT_CORE, &limit);
}

} // namespace AutoCommit
