#pragma once

#include "core/wording/ladder.h"

namespace AutoCommit {

/// A message as it was found in an answer, its words still the model's.
struct Draft
{
    QString type; ///< as written; empty = none given
    QString scope;
    bool breaking = false;
    QString subject;
    QString body;
};

/// A draft, or why there is none.
struct Extraction
{
    std::optional<Draft> draft;
    Rejection rejection = Rejection::None;
    bool repaired = false;
};

/// An answer that is one JSON string, without its quotes and escapes; any other as it is.
QString unquotedAnswer(const QString &answer);

/// Reads the one JSON object of an answer that holds a message: bare, in a fence, in prose, in a list of one, as a
/// string inside JSON, broken in the ways models break it. Nothing when the answer holds no such object at all.
std::optional<Extraction> extractFromJson(const QString &answer, const MessageRules &rules);

/// Reads a message out of text: fences, preambles, labels, quotes, a `git commit -m`, "type: fix / subject: ..." lines.
Extraction extractFromText(const QString &answer, const MessageRules &rules);

} // namespace AutoCommit
