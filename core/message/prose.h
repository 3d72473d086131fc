#pragma once

#include "core/message/fact.h"

namespace AutoCommit::Wording {

/// What stands between backticks.
QList<ByteView> codeSpans(ByteView text);

/// Are both lines the same once targets of links are taken out?
bool onlyLinksDiffer(ByteView before, ByteView after);

/// Is the second line the first with one or two words spelled differently?
bool onlySpellingDiffers(ByteView before, ByteView after);

/// "fix typo in …": prose, comments and strings in which only the spelling of a word changed.
void addTypoFacts(const Evidence &evidence, Facts &facts);

/// The name that new text speaks of again and again: "mention Deno in README.md".
void addDocThemeFacts(const ChangeView &view, const ChangedFile &file, Facts &facts);

/// Text of the first link of a list item or table row.
QString entryName(ByteView text);

/// "[![Alt](image)](target)": badges; items that came to a list; `code` that the new text names.
void addBadgeFacts(const Block &block, Facts &facts);
void addDocEntryFact(const Block &block, Facts &facts);
void addSpanFacts(const Evidence &evidence, const Block &block, Facts &facts);

} // namespace AutoCommit::Wording
