#pragma once

#include <optional>

namespace AutoCommit {

/// Whether the network is one that is paid for by the byte. Qt asks the system (on Linux NetworkManager) through a
/// plugin, which is loaded by the first question. Main thread only.
class NetworkCost
{
public:
    std::optional<bool> isMetered(); ///< nothing where the system does not tell

private:
    bool m_asked = false;
};

} // namespace AutoCommit
