#pragma once

#include "core/change/changeset.h"

namespace AutoCommit {

/// How much a commit's message is worth asking for.
enum class Effort {
    None, ///< what changed has no words that a model could add to: modes, pure renames, locks, binaries
    Short, ///< one call: little, or all of one plain kind
    Full, ///< notes first
};

/// By paths and counts alone.
Effort effortFor(const ChangeSet &change, const QList<qsizetype> &files);

} // namespace AutoCommit
