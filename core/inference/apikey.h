#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace AutoCommit {

/// The API key of the model servers: the first line of `file`, or `fallback` (from the environment or the keychain) where no file is
/// named. Empty means none. Errors: Config, when the named file cannot be read, is no regular file or holds no key; a
/// key that is missing by mistake is better said than answered by 401 later. The key is in no error and no log line.
Result<QByteArray> loadApiKey(const QString &file, const QByteArray &fallback);

} // namespace AutoCommit
