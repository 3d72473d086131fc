#pragma once

#include "core/model/modelwriter.h"

namespace AutoCommit {

/// A commit's files alone, with every text line passed through the scanner: what a budget may cut.
ChangeSet maskedPart(const ChangeSet &change, const QList<qsizetype> &files, const SecretScanner &scanner);

/// Words that may go to a model: cleaned, control tokens broken up, secrets masked.
RedactedText safeText(const QString &text, const SecretScanner &scanner);
/// The same between the marks that the instructions speak of.
RedactedText dataBlock(const QString &text, const SecretScanner &scanner);

/// What the model is told about the repository: the same bytes from one commit to the next as far as possible.
RedactedText repositoryBlock(const MessageQuestion &question, const SecretScanner &scanner);
/// What it is told about this change beside the change itself.
/// The last line of a question about a message.
inline constexpr char messageReminder[] = "Write the commit message for this change. Only the JSON object.";
/// What stands around the data of a question about a message, to recognise it in an answer.
QString frameWords();
RedactedText hintBlock(const MessageQuestion &question, const SecretScanner &scanner);

/// Instructions, everything before the diff, the diff in what room is left (at most `diffTokens`), the reminder.
struct PromptParts
{
    RedactedText instructions;
    RedactedText before;
    RedactedText reminder;
    int diffTokens = 8000; ///< covers 94 in 100 commits whole
};
/// In at most `tokens`; empty when not even the names of the files fit.
QList<ChatMessage> fittedMessages(const PromptParts &parts, const ChangeSet &masked, int tokens,
                                  const SecretScanner &scanner);

} // namespace AutoCommit
