#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace AutoCommit {

/// `*` any run of bytes but a slash, `?` one byte but a slash, `[0-9]` one of a range. Linear in the text.
bool globMatches(QByteArrayView pattern, QByteArrayView text);

/// `{a,b}c{,d}` gives ac, acd, bc, bcd.
QByteArrayList expandBraces(const QByteArray &pattern);

} // namespace AutoCommit
