#pragma once

#include <optional>

#include <sys/types.h>

namespace AutoCommit {

/// Which user is at the other end of a connected Unix socket, as the system knows it; nothing when it cannot tell.
std::optional<uid_t> peerUser(int socket);

} // namespace AutoCommit
