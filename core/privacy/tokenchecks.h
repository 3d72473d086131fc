#pragma once

#include "core/privacy/rulebook.h"

namespace AutoCommit {

enum class CheckVerdict {
    Unknown, ///< the check says nothing against it
    Proven,
    Refuted,
};

/// Looks into a token that has the right form: checksum, JWT header, user and password. Pure.
CheckVerdict checkToken(TokenCheck check, QByteArrayView token);

} // namespace AutoCommit
