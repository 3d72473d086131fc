#pragma once

#include "core/wording/draft.h"

namespace AutoCommit {

/// What is wrong with the words of a message, Rejection::None if nothing. The header's length is not looked at.
Rejection wordingFault(const CommitText &text, const MessageRules &rules);

/// Does a subject end in the middle of a sentence?
bool breaksOff(const QString &subject);
/// More often than not, this too does; but one can also "sign in".
bool endsInFunctionWord(const QString &subject);

/// A sentence by which a model declines, or asks back.
bool isRefusal(const QString &text);

/// Control tokens of models, or a form given back unfilled.
bool hasControlTokens(const QString &text, const MessageRules &rules);

} // namespace AutoCommit
