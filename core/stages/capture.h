#pragma once

#include "core/stages/candidates.h"

namespace AutoCommit {

/// A candidate with the object name its bytes had when they were inspected.
struct Inspected
{
    Candidate file;
    QByteArray blob;
};

/// Adds the files to the private index and checks that what went in is what was inspected: same stamp before and after,
/// same object name, or (where a filter changes the bytes) a blob that passes the same inspection. What does not hold
/// is excluded and taken out again. Fills RepoContext::snapshot.
/// `pointers` are entries of submodules, taken as they are.
Status captureSnapshot(RepoContext &repo, QList<Inspected> files, const QList<IndexEntry> &pointers);

} // namespace AutoCommit
