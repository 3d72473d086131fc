#pragma once

#include <QtGlobal>

#include <chrono>

namespace AutoCommit {

/// What one client may cost (SAFETY section 5, row "slowloris"). Sizes in bytes.
struct HttpLimits
{
    qsizetype headBytes = 16 * 1024;
    int fields = 100;
    qsizetype bodyBytes = 4 * 1024 * 1024;
    qsizetype bodyRate = 1024; ///< a second, after the first two
    int connections = 64;
    int connectionsPerPeer = 8; ///< not of loopback addresses: all users of this machine share those
    qsizetype streamQueue = 256 * 1024; ///< unsent bytes at which an event stream is cut

    std::chrono::milliseconds headTime{10'000}; ///< from the first byte, or from the connection
    std::chrono::milliseconds bodyTime{30'000};
    std::chrono::milliseconds rateGrace{2'000};
    std::chrono::milliseconds idleTime{15'000}; ///< between two requests
    std::chrono::milliseconds writeTime{30'000}; ///< until a whole answer was taken; of a stream: any of it
    std::chrono::milliseconds lingerTime{2'000}; ///< so that a refusal is not lost to a reset
};

} // namespace AutoCommit
