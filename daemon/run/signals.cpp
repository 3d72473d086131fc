#include "daemon/run/signals.h"

#include <QSocketNotifier>

#include <array>
#include <csignal>

#include <fcntl.h>
#include <unistd.h>

namespace AutoCommit {

namespace {

// A signal handler can reach nothing else.
std::array<int, 2> ends{-1, -1};
bool onTerminal = false; ///< then a hangup means that its window was closed

void onSignal(int number)
{
    const char byte = number == SIGHUP && !onTerminal ? 'r' : 's';
    [[maybe_unused]] const auto written = ::write(ends[1], &byte, 1);
}

} // namespace

ProcessSignals::ProcessSignals()
{
    if (::pipe(ends.data()) != 0)
        return;
    onTerminal = ::isatty(STDIN_FILENO) != 0;
    for (const int end : ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    m_notifier = std::make_unique<QSocketNotifier>(ends[0], QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        while (::read(ends[0], &byte, 1) == 1)
            byte == 'r' ? Q_EMIT reloadAsked() : Q_EMIT stopAsked();
    });
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        std::signal(number, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
}

ProcessSignals::~ProcessSignals()
{
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        std::signal(number, SIG_DFL);
    m_notifier.reset();
    for (int &end : ends)
        ::close(std::exchange(end, -1));
}

} // namespace AutoCommit
