#pragma once

#include "core/wording/draft.h"

namespace AutoCommit {

/// Turns a draft's header into one that follows the rules: canonical type, a scope that may be used, spelling of the
/// first letter, no emoji, quotes or full stop. `repaired` is set when more than spelling changed.
Rejection normaliseHeader(const Draft &draft, const MessageRules &rules, CommitText &text, bool &repaired);

/// Brings a header that is too long within the limit without losing what it says: drops a scope that the subject names
/// anyway, or moves a trailing clause into the body. False when that is not enough.
bool fitHeader(CommitText &text, const MessageRules &rules, bool &repaired);

} // namespace AutoCommit
