#pragma once

#include "core/message/view.h"

namespace AutoCommit::Wording {

/// One line that asks for a version of something.
struct Requirement
{
    ByteView name{}; ///< of the package, image, action; empty for the project itself
    ByteView version{}; ///< as written, without quotes; may be empty
    bool own = false; ///< it is the version of the project itself
    bool transitive = false; ///< "// indirect" in go.mod
};

/// Reads a line of a manifest, a Dockerfile, a workflow or a file that holds the project's version. `above` are the
/// lines before it, nearest last: where `version` stands alone, the name is there.
std::optional<Requirement> requirementOf(const ChangedFile &file, ByteView line, const QList<ByteView> &above);

} // namespace AutoCommit::Wording
