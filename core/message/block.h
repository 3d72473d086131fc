#pragma once

#include "core/message/view.h"

namespace AutoCommit::Wording {

/// Finds which removed line became which added one and where they differ.
void pairLines(Block &block);

/// Finds the function or class around block `index`, looking up from it: the unchanged lines above, the blocks of the
/// same hunk before it, then the function git names in the hunk header.
void findScope(QList<Block> &blocks, qsizetype index);

} // namespace AutoCommit::Wording
