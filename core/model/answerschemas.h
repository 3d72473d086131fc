#pragma once

#include "core/base/redactedtext.h"
#include "core/privacy/secretscanner.h"
#include "core/wording/messagerules.h"

namespace AutoCommit {

/// JSON Schemas of our answers, for servers that write by a grammar. Only what llama.cpp's grammar keeps to; all of it
/// is checked again. The same bytes as long as the repository's rules are the same, so that a server that keeps
/// grammars builds it once.
RedactedText messageSchema(const MessageRules &rules, const SecretScanner &scanner);
RedactedText groupSchema(qsizetype groups);

} // namespace AutoCommit
