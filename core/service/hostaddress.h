#pragma once

#include "core/agent/hostdoor.h"
#include "core/config/paths.h"
#include "core/config/settings.h"

#include <memory>

namespace AutoCommit {

/// The way to the daemon that the settings name (api_url, api_token_file, api_certificate_sha256). Config, with what to
/// do about it: no token there and none in the keychain, one that others can read, plain HTTP to another machine (the token would cross the
/// network in the clear). Nothing is sent yet.
Result<std::unique_ptr<HostDoor>> openHostDoor(const Settings &settings, const Paths &paths);

} // namespace AutoCommit
