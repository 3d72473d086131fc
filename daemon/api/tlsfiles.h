#pragma once

#include "core/base/result.h"

#include <QSslConfiguration>

namespace AutoCommit {

/// What a server shows: a certificate chain and its key, PEM, TLS 1.2 or newer. Config: names the file that does not
/// do.
Result<QSslConfiguration> readTlsFiles(const QString &certificate, const QString &key);

} // namespace AutoCommit
