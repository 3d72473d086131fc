#pragma once

#include "core/base/result.h"
#include "core/config/paths.h"
#include "core/config/settings.h"

namespace AutoCommit {

/// Would a daemon with these settings get as far as to listen? Config, with what to do, where it would not: an
/// `api_bind` that is no address or that other machines can reach without TLS, TLS files that cannot be read. What is
/// in those files is looked at by the daemon alone.
Status checkListening(const Settings &settings, const Paths &paths);

} // namespace AutoCommit
