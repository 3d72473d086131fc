#pragma once

#include "core/message/file.h"

#include <QList>

namespace AutoCommit::Wording {

enum class TokenKind { Word, Number, String, Mark };

struct Token
{
    TokenKind kind = TokenKind::Mark;
    ByteView text{}; ///< a string with its quotes

    bool operator==(const Token &other) const { return text == other.text; }
};

using Tokens = QList<Token>;

/// Cuts one line into words, numbers, strings and marks; blanks and a trailing comment are left out. A string that does
/// not end on its line reaches to the end. Never more than 400 tokens.
Tokens tokensOf(ByteView line, Lang lang);

/// Where two versions of a line differ: the tokens between the common beginning and the common end.
struct Difference
{
    qsizetype first = 0; ///< index of the first differing token
    qsizetype oldCount = 0;
    qsizetype newCount = 0;
};

Difference differenceOf(const Tokens &before, const Tokens &after);

/// One place where two lines differ; there may be several between what both begin and end with.
struct Change
{
    qsizetype oldFirst = 0;
    qsizetype oldCount = 0;
    qsizetype newFirst = 0;
    qsizetype newCount = 0;
};

/// All of them, by the longest common subsequence of the tokens; the whole difference as one for very long lines.
QList<Change> changesOf(const Tokens &before, const Tokens &after);

/// Index of the name of the call whose parentheses enclose token `at`, -1 if there is none.
qsizetype enclosingCall(const Tokens &tokens, qsizetype at);

/// The dotted name ("lo.Map", "std::string", "this.cache") that token `at` is part of, as bytes of the line.
ByteView qualifiedName(const Tokens &tokens, qsizetype at);

/// "this.x", "self.x" and "$this->x" -> "x"; the rest unchanged.
ByteView withoutSelf(ByteView name);

/// A word of the language itself, or one so common that it names nothing ("result", "value", "i").
bool isKeyword(ByteView word);
bool saysLittle(ByteView word);

} // namespace AutoCommit::Wording
