#pragma once

#include "core/wording/messagerules.h"

namespace AutoCommit {

/// Would it fit any change at all: "update files", "see diff"?
bool saysNothing(const CommitText &message, const MessageRules &rules);

/// Says where, but not what: "docs: update". Valid, and worth asking once more.
bool isWeak(const CommitText &message);

} // namespace AutoCommit
