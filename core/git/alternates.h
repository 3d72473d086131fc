#pragma once

#include "core/git/locate.h"

namespace AutoCommit {

/// Object directories elsewhere that this repository borrows from (objects/info/alternates, and theirs in turn),
/// absolute; canonical where they exist. What it borrows is lost with them, and git writes no object again that one of
/// them has: a new commit may hang on them, too. Starts no process.
QStringList borrowedObjects(const RepoLocation &location);

} // namespace AutoCommit
