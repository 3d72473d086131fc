#pragma once

#include "core/change/changeset.h"
#include "core/engine/history.h"

#include <bitset>

namespace AutoCommit {

using TypeSet = std::bitset<commitTypeCount>; ///< in the order of CommitType

/// The types that the plain facts of a commit leave open: only documents are docs, a workflow is ci, a changed comment
/// or a new name is no feature. All ten where the facts say nothing. What is told by paths alone gives way to a
/// repository that has typed at least ten commits of such files: its habits are known.
TypeSet possibleTypes(const ChangeSet &change, const QList<qsizetype> &files, const History &history);

} // namespace AutoCommit
