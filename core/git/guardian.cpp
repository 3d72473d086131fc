#include "core/git/guardian.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#    include <sys/prctl.h>
#    include <sys/syscall.h>
#endif

namespace AutoCommit {

#ifdef Q_OS_LINUX

namespace {

/// With the descriptors of the child it would keep the child's pipes and the repository's lock.
void closeAllBut(int one)
{
    const auto kept = static_cast<unsigned>(one);
    if ((kept == 0 || ::syscall(SYS_close_range, 0U, kept - 1, 0U) == 0)
        && ::syscall(SYS_close_range, kept + 1, ~0U, 0U) == 0)
        return;
    for (int fd = 0; fd < 65536; ++fd)
        if (fd != one)
            ::close(fd);
}

[[noreturn]] void guard(int pipeEnd)
{
    ::prctl(PR_SET_NAME, "hook guardian");
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        std::signal(number, SIG_IGN); // meant for the group, and sent to it by this very process
    closeAllBut(pipeEnd);
    char word = 0;
    ssize_t count = 0;
    do {
        count = ::read(pipeEnd, &word, 1);
    } while (count < 0 && errno == EINTR);
    if (count == 0) // nobody is left who could have written
        ::kill(0, SIGTERM);
    ::_exit(0);
}

} // namespace

Guardian::Guardian(bool isWanted)
{
    if (isWanted && ::pipe2(m_ends, O_CLOEXEC) != 0)
        m_ends[0] = m_ends[1] = -1; // it is a precaution
}

Guardian::~Guardian()
{
    if (m_ends[1] < 0)
        return;
    [[maybe_unused]] const ssize_t told = ::write(m_ends[1], "x", 1); // our own end to read is open: no SIGPIPE
    ::close(m_ends[1]);
    ::close(m_ends[0]);
}

void Guardian::leaveInGroup(int pipeEnd)
{
    if (pipeEnd >= 0 && ::_Fork() == 0) // fork() would run what libraries have registered for it
        guard(pipeEnd);
}

#else

Guardian::Guardian(bool) { }
Guardian::~Guardian() = default;
void Guardian::leaveInGroup(int) { }

#endif

} // namespace AutoCommit
