#pragma once

#include <QByteArrayList>
#include <QByteArrayView>
#include <QSet>

namespace AutoCommit::Wording {

/// A piece of somebody else's bytes: a line of a diff, a path. Everything below is pure and ASCII-minded: bytes above
/// 0x7F count as letters of a word, never as identifiers.
using ByteView = QByteArrayView;

inline bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
inline bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
inline bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
inline bool isLetter(char c)
{
    return isUpper(c) || isLower(c);
}
inline bool isWordStart(char c)
{
    return isLetter(c) || c == '_' || c == '$';
}
inline bool isWordChar(char c)
{
    return isWordStart(c) || isDigit(c);
}

/// Width of the leading blanks; a tab counts as four.
int indentOf(ByteView line);

/// The identifier that starts at `at`, empty if none does.
ByteView identifierAt(ByteView text, qsizetype at);
bool isIdentifier(ByteView text);

/// 30, 0x1F, 1.5e3, 10_000, 30s
bool isNumber(ByteView text);

/// 1.2, v1.2.3-beta.1, 2024.01: digits with at least one dot, or a "v" and digits.
bool isVersion(ByteView text);

/// Without one pair of quotes ("x", 'x', `x`).
ByteView unquoted(ByteView text);

/// Does `text` have `word` as a whole word?
bool hasWord(ByteView text, ByteView word);

/// "parseHTTPRequest2", "parse_http-request" -> parse, http, request (lower case, digits stay with their word).
QByteArrayList splitIdentifier(ByteView name);

/// Lower case without '_', '-' and '.': how a class and its file are compared.
QByteArray foldedName(ByteView name);

/// Levenshtein distance, `limit + 1` if it is larger than `limit`.
int editDistance(ByteView a, ByteView b, int limit);

/// Is the word one of the list (blank-separated words)? For short lists.
bool isOneOf(ByteView word, const char *list);

/// The same for long lists: keep it as a function's static, so that it is built when first needed.
class WordSet
{
public:
    explicit WordSet(const char *list);
    bool contains(ByteView word) const { return m_words.contains(word); }

private:
    QSet<ByteView> m_words;
};

} // namespace AutoCommit::Wording
