#pragma once

#include "core/base/result.h"
#include "core/config/paths.h"

namespace AutoCommit {

/// 32 random bytes of this installation, made at the first call and kept in the configuration directory (0600). They
/// key the fingerprints of secrets, so that a fingerprint in a file or on a screen cannot be turned back by guessing.
Result<QByteArray> installationSalt(const Paths &paths);

/// The same, but makes none: empty when there is none yet.
QByteArray knownInstallationSalt(const Paths &paths);

} // namespace AutoCommit
