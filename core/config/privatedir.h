#pragma once

#include "core/base/result.h"

#include <QString>

namespace AutoCommit {

/// The path, or what is nearest above it and exists. Absolute paths.
QString nearestExisting(const QString &path);

/// makePrivateDir(), with the system's reason where it fails (IoError).
Status ensurePrivateDir(const QString &path);

} // namespace AutoCommit
