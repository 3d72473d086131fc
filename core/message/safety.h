#pragma once

#include "core/message/text.h"

#include <QString>

namespace AutoCommit::Wording {

/// What of a diff may be quoted in a message. A message is public and lasts: a secret that slipped past the scanner
/// must not be repeated in it (SAFETY row 97). When in doubt these answer "empty", and the caller says less.

constexpr qsizetype longestName = 60;
constexpr qsizetype longestValue = 24;

/// Known key prefixes, long runs of hex, and words that mix cases and digits as no name does.
bool looksRandom(ByteView word);

/// A name of code, an option, a key, a package or a path: only [A-Za-z0-9_.:/@+-] (and a leading "$" is dropped), at
/// most `longestName` characters, not random. Empty if it may not be shown.
QString safeName(ByteView name);

/// A literal as people would write it in a message, without quotes: numbers, true/false, versions and short plain
/// words. Empty if it may not be shown.
QString safeValue(ByteView literal);

/// Natural language on one line: a heading, the title of a test, an entry of a change log. Mark-up, links and
/// references to issues are taken out, it is cut at the end of a clause when longer than `limit`. Empty if there is no
/// such place, or if any word looks random.
QString safeProse(ByteView text, qsizetype limit);

} // namespace AutoCommit::Wording
