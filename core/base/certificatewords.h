#pragma once

#include <QByteArray>
#include <QString>

namespace AutoCommit {

/// What a person compares before a certificate is trusted that no authority vouches for: the SHA-256 `digest` of the
/// one that was shown, as openssl prints it, and the command that prints it on the machine it belongs to. Empty for no
/// digest.
QString fingerprintAdvice(const QByteArray &digest);

} // namespace AutoCommit
