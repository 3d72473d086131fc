#pragma once

#include "core/engine/filefacts.h"

namespace AutoCommit {

/// The traits of one line as bits (1 << LineTrait). `hits` are the line's words; `defined` receives the hash of a name
/// that the line defines, or 0.
quint32 lineTraits(QByteArrayView line, const std::vector<WordHit> &hits, quint32 &defined);

/// Same text when white space, or digits, are left out.
quint32 hashWithoutBlanks(QByteArrayView line, quint32 seed);
quint32 hashWithoutDigits(QByteArrayView line, quint32 seed);

} // namespace AutoCommit
