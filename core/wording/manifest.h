#pragma once

#include "core/change/changeset.h"

#include <QString>

namespace AutoCommit {

/// A line for every file of a change: "M src/a.cpp +12 -3", "R old -> new", with a word for files whose text is not
/// shown. Above `characters` the directories that hold most are given as sums. Ends with a line feed.
QString fileManifest(const ChangeSet &change, qsizetype characters);

} // namespace AutoCommit
