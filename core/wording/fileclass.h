#pragma once

#include "core/change/changeset.h"

namespace AutoCommit {

/// What a file is to a reader of a diff.
enum class FileClass {
    Source,
    Manifest, ///< package manifests, schemas, migrations: few lines that say much
    Test,
    Docs,
    Ci,
    Lock,
    Generated,
    Vendored,
    Minified,
    Binary,
};

/// By path and shape alone.
FileClass classOf(const FileChange &file);

/// One whose text is worth showing.
bool isReadable(FileClass fileClass);

} // namespace AutoCommit
