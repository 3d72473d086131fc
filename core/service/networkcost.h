#pragma once

#include <optional>

namespace AutoCommit {

/// Whether the network is one that is paid for by the byte; nothing where the system does not tell. Qt asks the system
/// (on Linux NetworkManager) through a plugin, which is loaded by the first question. Main thread only, and one with an
/// event loop, or changes are not noticed.
std::optional<bool> isNetworkMetered();

/// The same as an entry of the library that links Qt's network module; see core/service/modelplugin.h.
using AskMetered = void (*)(std::optional<bool> &answer);
constexpr auto askMeteredFunction = "autoCommitIsMetered";

} // namespace AutoCommit
