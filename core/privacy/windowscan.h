#pragma once

#include "core/privacy/filehints.h"
#include "core/privacy/hit.h"
#include "core/privacy/scanknowledge.h"

namespace AutoCommit {

/// Searches one window of text for secrets: hits in the order of their beginnings, none overlapping another.
/// Thread-safe: the knowledge is only read.
///
/// `Depth::Decoded` is for text that was decoded out of another one: it is not decoded again.
enum class Depth {
    Plain,
    Decoded,
};
Hits scanWindow(const ScanKnowledge &knowledge, QByteArrayView text, FileHints hints, Depth depth = Depth::Plain);

/// In the order of their beginnings; overlapping hits become one, named after the surest.
Hits withoutOverlaps(Hits hits);

} // namespace AutoCommit
