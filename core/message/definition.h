#pragma once

#include "core/message/file.h"

#include <optional>

namespace AutoCommit::Wording {

enum class DefKind {
    Function,
    Class,
    Struct,
    Interface,
    Trait,
    Enum,
    Type,
    Module, ///< namespace, package, module
    Constant, ///< at the top level of a file, or all capitals
    Field, ///< of a class or struct; member of an enum
    Macro,
    Table,
    Column,
    Index,
    View,
    Selector,
    Target,
    Option, ///< of a build: option(), variable "x"
    Message,
    Service,
    Resource,
    Alias, ///< of a shell
    Test,
};

/// What one line of code defines.
struct Definition
{
    DefKind kind = DefKind::Function;
    ByteView name{};
    ByteView owner{}; ///< "Parser" of Parser::parse, the receiver's type in Go; often empty
    ByteView rest{}; ///< behind the name: parameters, base classes
    bool exported = true; ///< seen from outside, as far as the line tells
};

bool isCallable(DefKind kind);
bool isContainer(DefKind kind);

/// Reads one line, with its leading blanks. `header`: a C or C++ header, where declarations count.
std::optional<Definition> definitionOf(Lang lang, ByteView line, bool header = false);

/// A member of the class, struct or enum whose definition is `container`: "timeout" of `int timeout = 30;`.
std::optional<Definition> memberOf(Lang lang, ByteView line, DefKind container);

/// The title or name of a test case that this line opens: `it("adds")`, `def test_adds`, `TEST(Sum, Adds)`.
std::optional<Definition> testOf(Lang lang, ByteView line);

/// "function", "class", "table": the noun for people; empty where the name alone says it.
const char *nounOf(DefKind kind);

} // namespace AutoCommit::Wording
