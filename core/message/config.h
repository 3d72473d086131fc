#pragma once

#include "core/message/fact.h"

namespace AutoCommit::Wording {

/// One "key: value" of a settings file.
struct Setting
{
    ByteView key{};
    ByteView value{}; ///< as written, without a trailing comma or comment
    bool opens = false; ///< a block follows instead of a value
};

/// Reads a line of YAML, JSON, TOML, INI or a Dockerfile (ENV, ARG).
std::optional<Setting> settingOf(Lang lang, ByteView text);

/// "x" of `- x` and `"x",`; empty for anything else.
ByteView entryOf(Lang lang, ByteView text);

/// The key whose block `line` stands in, looked for in the lines right above it.
ByteView parentKey(const Block &block, const Line &line);

/// What the table or list item is called that `line` stands in: the value of a "name", "id" or "title" right above it.
ByteView siblingName(const Block &block, const Line &line);

/// The entries that only one of two lists on one line has, with true for those that came: `[a, b]` and `[a, b, c]`.
QList<std::pair<ByteView, bool>> listDifference(ByteView before, ByteView after);

/// "in tsconfig.json"
void placeInFile(Fact &fact, const Block &block, const char *link = "in");

/// Entries of lists: `- x`, `"x",`; lines of ignore files.
void addEntryFacts(const Block &block, Facts &facts);
void addIgnoreFacts(const Block &block, Facts &facts);

/// Jobs and steps of workflows.
void addWorkflowFacts(const Block &block, Facts &facts);

/// "update German translation", by the names of the files.
void addTranslationFacts(const ChangeView &view, Facts &facts);

} // namespace AutoCommit::Wording
