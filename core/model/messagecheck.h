#pragma once

#include "core/model/modelwriter.h"
#include "core/wording/ladder.h"

namespace AutoCommit {

/// The question's rules with what the change itself says about its message: the words of its paths, the whole diff as
/// evidence, whether it can break anybody, our own instructions, the scanner.
MessageRules rulesForAnswers(const MessageQuestion &question, const SecretScanner &scanner);

/// Does the change take away, or change, what others could use, or say that it breaks something?
bool mayBreakUsers(const ChangeSet &change, const QList<qsizetype> &files);

} // namespace AutoCommit
