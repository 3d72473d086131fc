#pragma once

#include "core/message/definition.h"

namespace AutoCommit::Wording {

/// The parts of definitionOf(), one file a family. `text` is trimmed, `indent` is what stood before it.

/// Functions of C, C++, C#, Java and Dart, which no keyword opens; #define, using, typedef.
std::optional<Definition> callableDefinition(Lang lang, ByteView text, int indent, bool header);

/// JavaScript and TypeScript: const x = () => {}, methods, module constants.
std::optional<Definition> scriptDefinition(ByteView text, int indent);

/// name() {
std::optional<Definition> shellFunction(ByteView text);

/// SQL tables and columns, CMake and Make targets, Terraform blocks, CSS selectors.
std::optional<Definition> dataDefinition(Lang lang, ByteView text, int indent);

} // namespace AutoCommit::Wording
