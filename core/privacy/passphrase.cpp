#include "core/privacy/passphrase.h"

#include "core/privacy/byteset.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype longest = 80;
constexpr qsizetype longestPart = 14;

bool isAllOf(QByteArrayView part, bool (*test)(char))
{
    return std::all_of(part.begin(), part.end(), test);
}

/// The letters a part begins with: `willow9` is a word with a number.
QByteArrayView wordOf(QByteArrayView part)
{
    qsizetype end = 0;
    while (end < part.size() && Bytes::isAlpha(part[end]))
        ++end;
    const bool numbered = isAllOf(part.sliced(end), Bytes::isDigit) && part.size() - end <= 4;
    return numbered ? part.first(end) : QByteArrayView();
}

/// small, Capital or LOUD; camelCase is a name
bool isSpelled(QByteArrayView word)
{
    const QByteArrayView tail = word.sliced(1);
    return isAllOf(tail, Bytes::isLower) || isAllOf(word, Bytes::isUpper);
}

/// The separator if there are no other signs; else zero. Of two kinds only among words with a number at their end.
char separatorOf(QByteArrayView value)
{
    char found = '\0';
    const bool numbered = Bytes::isDigit(value.back()) || (value.size() > 1 && Bytes::isDigit(value[value.size() - 2]));
    for (const char c : value) {
        if (Bytes::alnum.contains(c))
            continue;
        if (!QByteArrayView("-_. ").contains(c) || (found && c != found && (c == ' ' || found == ' ' || !numbered)))
            return '\0';
        found = c;
    }
    return found;
}

/// A digit in front of a letter: `opmmh4vc`, not `utf8`.
bool isMixed(QByteArrayView part)
{
    constexpr qsizetype shortest = 6;
    for (qsizetype i = 1; i < part.size(); ++i) {
        if (part.size() >= shortest && Bytes::isDigit(part[i - 1]) && Bytes::isAlpha(part[i]))
            return true;
    }
    return false;
}

} // namespace

Passphrases::Passphrases(const Lexicon &lexicon)
    : m_codeWords(lexicon.section("code-words"))
{ }

bool Passphrases::isOne(QByteArrayView value) const
{
    const char separator = !value.isEmpty() && value.size() <= longest ? separatorOf(value) : '\0';
    if (!separator)
        return false;
    int words = 0;
    int parts = 0;
    bool mixed = false;
    QByteArray parted = value.toByteArray();
    if (separator != ' ')
        parted.replace('-', separator).replace('_', separator).replace('.', separator);
    for (const QByteArray &part : parted.split(separator)) {
        const QByteArrayView word = wordOf(part);
        if (part.isEmpty() || part.size() > longestPart || m_codeWords.contains(word.toByteArray().toLower()))
            return false;
        if (word.size() >= 3 && !isSpelled(word))
            return false;
        words += word.size() >= 3 ? 1 : 0;
        mixed = mixed || isMixed(part);
        ++parts;
    }
    const bool digits = std::any_of(value.begin(), value.end(), Bytes::isDigit);
    const bool bothCases = std::any_of(value.begin(), value.end(), Bytes::isUpper)
        && std::any_of(value.begin(), value.end(), Bytes::isLower);
    if (separator == ' ' && (bothCases || !digits)) // a sentence or title
        return false;
    if (mixed && separator != ' ' && words >= 1)
        return true;
    return digits || bothCases ? words >= 2 && parts >= 3 : words >= 4 && words == parts;
}

} // namespace AutoCommit
