#pragma once

#include "core/message/requirement.h"
#include "core/message/scan.h"

namespace AutoCommit::Wording {

/// One line of each format of manifests; requirementOf() knows which file has which.
std::optional<Requirement> jsonRequirement(ByteView text);
std::optional<Requirement> tomlRequirement(ByteView text, const QList<ByteView> &above);
std::optional<Requirement> plainRequirement(ByteView text); ///< requirements.txt
std::optional<Requirement> goRequirement(ByteView text);
std::optional<Requirement> xmlRequirement(ByteView text, const QList<ByteView> &above); ///< Maven, .NET
std::optional<Requirement> scriptRequirement(ByteView text); ///< Gradle, Bundler, Mix, Swift packages

bool isPackageName(ByteView name);

/// "^1.2.3", ">=1, <2", "~> 3.0", "v5", "workspace:*", "1.x"
bool isVersionSpec(ByteView text);

/// What stands between the quotes that start at the scanner, which moves behind them.
ByteView quotedText(Scanner &at);

} // namespace AutoCommit::Wording
