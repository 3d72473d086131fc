#pragma once

#include "core/message/fact.h"

namespace AutoCommit::Wording {

/// "null x" of `x == null`, `!x`; "empty x" of `x.isEmpty()`, `len(x) == 0`: what the guard looks for, and in what.
struct Guard
{
    QString state{}; ///< "null", "empty", "missing"; empty: the condition asks something else
    ByteView subject{};
    WordKind kind = WordKind::Code;
};

/// What the condition in these tokens looks for; nothing if no name in it says anything.
std::optional<Guard> guardOf(const Tokens &tokens);

/// [[ -n "$NAME" ]], [ -z "${NAME}" ]
std::optional<Guard> shellGuard(ByteView text);

/// The name as shown: the last two parts of a long chain ("config.server.port" -> "server.port").
Name shownSubject(const Guard &guard);

/// `if`, `elif`, `else if`, `unless`, `guard`
bool isCondition(ByteView text);

/// A condition that got or lost a part, or asks something else: "also check x in f()".
void addConditionFact(const Block &block, const Pair &pair, Facts &facts);

} // namespace AutoCommit::Wording
