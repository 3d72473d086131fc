#pragma once

#include "core/engine/treetable.h"

namespace AutoCommit {

/// The learned tables as shipped in resources/engine. Reading one takes about a millisecond: load what is needed, when
/// it is needed, and keep it for the run.
Result<TreeTable> loadPairTable(); ///< PairFeature -> "together"
Result<TreeTable> loadMergeTable(); ///< MergeFeature -> "together"
Result<TreeTable> loadTypeTable(); ///< typeValueNames() -> the ten types

} // namespace AutoCommit
