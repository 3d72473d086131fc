#pragma once

#include "core/engine/history.h"

#include <vector>

namespace AutoCommit {

/// What the diff of a commit is like, in numbers: shares of path classes, of the kinds of lines, of hunks; sizes are
/// log2(1 + n). In the order of `typeTraitNames()`.
std::vector<float> typeTraits(const std::vector<const FileFacts *> &files, const History &history);

/// As written in resources/engine/type.table.
std::vector<QByteArray> typeTraitNames();

} // namespace AutoCommit
