#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// `base64` is `user:password`, as headers and Docker's configuration have it, and its password is none that
/// documentation and tests make up.
bool isSecretLoginPair(const ScanKnowledge &knowledge, QByteArrayView base64, FileHints hints);

} // namespace AutoCommit
