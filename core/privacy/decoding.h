#pragma once

#include <QByteArray>

namespace AutoCommit {

/// Base64 or base64url, padding optional; empty if `text` holds anything else.
QByteArray decodeBase64(QByteArrayView text);

/// What an encoded run says, if it is text: base64, hexadecimal or percent-encoded, one level. Empty if it is not,
/// which a look at its first bytes tells, so images and hashes cost nothing.
QByteArray decodedText(QByteArrayView run);

/// What an ASN.1 structure in base64 begins as.
enum class DerKind {
    None,
    Public, ///< certificate, request, SubjectPublicKeyInfo
    PrivateKey, ///< PKCS#1, PKCS#8 or SEC 1: a sequence that begins with a version number
};
DerKind derKindOf(QByteArrayView base64);

} // namespace AutoCommit
