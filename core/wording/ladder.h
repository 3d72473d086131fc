#pragma once

#include "core/wording/messagerules.h"

#include <optional>

namespace AutoCommit {

/// Why an answer is no message.
enum class Rejection {
    None,
    CutShort, ///< the model ran into its token limit
    Empty,
    BrokenText, ///< bytes that are no text
    OnlyThinking,
    ControlTokens,
    BrokenJson,
    NotAMessage, ///< a diff, a list, a schema, an essay
    NoHeader, ///< nothing of the form this repository uses
    UnknownType,
    SeveralMessages,
    Placeholder, ///< the form was given back unfilled
    Refusal,
    TooLong,
    Ellipsis, ///< breaks off
    Generic, ///< says nothing
    Repetition,
    PromptEcho,
    Copied,
    Secret,
    WrongLanguage,
};

/// The stable lower-case name, for instance "too-long".
QString rejectionName(Rejection rejection);
/// What to tell the model: one sentence.
QString rejectionSentence(Rejection rejection, const MessageRules &rules);

struct LadderResult
{
    std::optional<CommitText> message; ///< none: rejected
    Rejection rejection = Rejection::None;
    bool weak = false; ///< valid, but another try may give a better one
    bool repaired = false; ///< something of substance had to be changed; unwrapping is not
};

/// Turns what a model wrote into a commit message, or says why it cannot. Pure and total: any text whatever gives a
/// valid message or a rejection. What comes out holds no control, bidirectional or zero-width character, no line that
/// git or a later tool would read as a comment or a trailer, exactly one header within the limit, and a wrapped body.
/// `cutShort`: the finish reason was "length".
LadderResult judgeAnswer(const QString &rawAnswer, const MessageRules &rules, bool cutShort = false);

} // namespace AutoCommit
