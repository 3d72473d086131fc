#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QUrl>

#include <chrono>
#include <optional>

namespace AutoCommit {

// Secrets in the desktop's keychain (Secret Service, KWallet, the Keychain of macOS), each under a name, all of them
// under the service "auto-commit". A machine without a session has none: there a file or the environment holds the
// secret. What does it is a library of its own, loaded with the first call: who asks for nothing pays nothing.
//
// Any thread; a call blocks until the keychain has answered, `atMost` however. A keychain that is locked asks its user
// to unlock it, which may take longer than that: the call then fails with Timeout, and a later one succeeds.
// Errors: Config (there is no keychain here), PermissionDenied, Timeout, IoError. A secret is in no error and no log.

constexpr std::chrono::milliseconds keychainPatience{5000};

/// Nothing when there is no such entry.
Result<std::optional<QByteArray>> readSecret(const QString &name, std::chrono::milliseconds atMost = keychainPatience);

/// Text without a NUL; replaces what was there.
Status writeSecret(const QString &name, const QByteArray &secret, std::chrono::milliseconds atMost = keychainPatience);

/// False when there was no such entry.
Result<bool> removeSecret(const QString &name, std::chrono::milliseconds atMost = keychainPatience);

/// The entry that holds this machine's token for the daemon at `url`: "https://apricot:8200". Path, query and user are
/// no part of it, and the port always is. Empty for what is no http(s) address with a host. Agents look there when
/// there is no token file; `commits keychain store URL` and the tray write it.
QString hostTokenName(const QUrl &url);

} // namespace AutoCommit
