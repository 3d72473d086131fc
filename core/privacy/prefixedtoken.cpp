#include "core/privacy/prefixedtoken.h"

#include "core/privacy/byteset.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype shortestRandom = 24;
constexpr qsizetype longestRandom = 200;
constexpr qsizetype longestPrefix = 24;

struct Parts
{
    QByteArrayView prefix;
    QByteArrayView random;
};

/// At the last underscore or dash.
Parts split(QByteArrayView run)
{
    qsizetype at = run.size();
    while (at > 0 && Bytes::alnum.contains(run[at - 1]))
        --at;
    const bool parted = at > 1 && (run[at - 1] == '_' || run[at - 1] == '-');
    return parted ? Parts{.prefix = run.first(at - 1), .random = run.sliced(at)} : Parts{};
}

/// small, LOUD or Capital: what has capitals inside is random itself.
bool isSpelledAsWord(const QByteArray &word)
{
    const auto isSmall = [](char c) { return !Bytes::isUpper(c); };
    const auto isLoud = [](char c) { return !Bytes::isLower(c); };
    return std::all_of(word.begin() + (word.isEmpty() ? 0 : 1), word.end(), isSmall)
        || std::all_of(word.begin(), word.end(), isLoud);
}

/// Short words of letters, at most a digit or two.
bool isPrefix(QByteArrayView prefix)
{
    const QByteArrayList words = prefix.toByteArray().replace('-', '_').split('_');
    if (!std::all_of(words.begin(), words.end(), isSpelledAsWord))
        return false;
    const auto digits = std::count_if(prefix.begin(), prefix.end(), Bytes::isDigit);
    const bool plain
        = std::all_of(prefix.begin(), prefix.end(), [](char c) { return Bytes::word.contains(c) || c == '-'; });
    return prefix.size() >= 2 && prefix.size() <= longestPrefix && plain && digits <= 2
        && Bytes::isAlpha(prefix.front());
}

} // namespace

PrefixedTokens::PrefixedTokens(const Lexicon &lexicon, const WordModel &words)
    : m_words(words)
    , m_markers(lexicon.section("token-markers"))
    , m_idPrefixes(lexicon.section("id-prefixes"))
    , m_hashNames(lexicon.section("other-heads"))
{ }

bool PrefixedTokens::isId(QByteArrayView run) const
{
    const qsizetype sign = run.indexOf('_');
    return sign > 0 && m_idPrefixes.contains(run.first(sign).toByteArray().toLower());
}

bool PrefixedTokens::isOne(QByteArrayView run) const
{
    const Parts parts = split(run);
    if (!isPrefix(parts.prefix) || parts.random.size() < shortestRandom || parts.random.size() > longestRandom)
        return false;
    const auto has = [&](auto test) { return std::any_of(parts.random.begin(), parts.random.end(), test); };
    const double surprise = m_words.surprise(parts.random);
    if (!has(Bytes::isDigit) || surprise < 0.7 * static_cast<double>(parts.random.size()))
        return false;
    const QByteArray lower = parts.prefix.toByteArray().toLower().replace('-', '_');
    if (lower == "pk_live" || lower == "pk_test") // publishable by convention (Stripe, Clerk, Paystack)
        return false;
    const QByteArrayList words = lower.split('_');
    if (words.size() == 2 && m_idPrefixes.contains(words.first()) && (words.last() == "live" || words.last() == "test"))
        return false; // cs_test_…: a checkout session of Stripe's
    const auto isIn = [&](const WordList &list) {
        return std::any_of(words.begin(), words.end(), [&](const QByteArray &word) { return list.contains(word); });
    };
    return !isIn(m_hashNames) && !m_idPrefixes.contains(lower)
        && ((has(Bytes::isUpper) && has(Bytes::isLower)) || isIn(m_markers));
}

} // namespace AutoCommit
