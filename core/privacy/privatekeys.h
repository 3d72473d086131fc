#pragma once

#include "core/privacy/hit.h"

#include <QByteArrayView>

namespace AutoCommit {

/// Reports the private key whose marker ("PRIVATE KEY", "PuTTY-User-Key-File-", "OpenVPN Static key",
/// "ARGO TUNNEL TOKEN") begins at `marker`, if key material follows: PEM of every kind, OpenSSH, PGP blocks, SSH2 and PuTTY files, on lines of their
/// own or with escaped line ends. A marker alone, as code that reads keys has it, is none.
void findPrivateKey(QByteArrayView text, qsizetype marker, Hits &hits);

} // namespace AutoCommit
