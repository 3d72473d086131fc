#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace AutoCommit {

/// The token in the first line of a file that only its owner may read. Config: there is none, others may read it, or
/// it holds something else.
Result<QByteArray> readTokenFile(const QString &path);

} // namespace AutoCommit
