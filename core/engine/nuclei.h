#pragma once

#include "core/change/changeset.h"
#include "core/engine/pathfacts.h"

#include <vector>

namespace AutoCommit {

/// Why two files belong together whatever else is known.
enum class Bond {
    ManifestAndLock,
    HeaderAndSource,
    TestAndSource,
    SnapshotAndTest,
    SameName, ///< one folder, one name, other endings: a component's script, template and sheet
    Moved, ///< one goes, one comes, with the same content
};

struct Nucleus
{
    std::size_t a = 0;
    std::size_t b = 0;
    Bond bond = Bond::SameName;
};

/// The pairs that are always kept together, each a < b. `paths` belongs to `files`, one for one.
std::vector<Nucleus> findNuclei(const QList<FileChange> &files, const std::vector<PathFacts> &paths);

} // namespace AutoCommit
