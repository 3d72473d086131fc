#pragma once

#include "core/message/fact.h"

namespace AutoCommit::Wording {

/// A definition that stands in the changed lines.
struct Symbol
{
    Definition definition{};
    const Block *block = nullptr;
    const Line *line = nullptr;
    int lines = 1; ///< from here to the next definition or the end of the block
    bool added = false;
    bool inner = false; ///< inside another symbol of the same block
    bool matched = false; ///< stands on the other side too
    bool wholeFile = false; ///< in a file that came or went as a whole: only counts as the other end of a move

    bool isPublic() const { return definition.exported && block->file->role == Role::Source; }
};

/// "@Test", "[Fact]", "#[test]", "#[tokio::test]": the next definition is a test.
bool marksTest(ByteView text);

/// The test cases among the lines of one side that did not just move.
QList<Definition> testsIn(const Block &block, const QList<Line> &side);

/// All definitions among the changed lines, tests left out.
QList<Symbol> symbolsOf(const ChangeView &view);

/// The same name on both sides with another text: parameters, return type, modifiers, base classes.
void addSignatureFact(const Symbol &before, const Symbol &after, Facts &facts);

/// "implement Copy for RetryWrapper"
void addImplementationFacts(const ChangeView &view, Facts &facts);

/// The parts between the commas of the first (…) of `text`, trimmed; nothing if the list does not end on this line.
QList<ByteView> parametersOf(ByteView text);

/// Is the block inside the parameter list of its scope, which began above it?
bool isInParameters(const Block &block);

/// Name of the parameter `text` declares, without types, marks and default.
ByteView parameterName(Lang lang, ByteView text);

} // namespace AutoCommit::Wording
