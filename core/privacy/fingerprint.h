#pragma once

#include <QByteArray>
#include <QString>

namespace AutoCommit {

/// "rule:16 hex digits": HMAC-SHA-256 of the value under the installation's salt. The same value in another place has
/// the same fingerprint; nobody can tell the value from it, or check a guess without the salt.
QByteArray fingerprintOf(const QByteArray &salt, const QByteArray &rule, QByteArrayView value);

/// What people may see of a secret: "ghp_… (40 characters)". Of short values and passwords nothing but "… (9
/// characters)".
QString previewOf(QByteArrayView value, QByteArrayView rule);

} // namespace AutoCommit
