#include "core/privacy/tokenscan.h"

#include "core/privacy/hashcontext.h"
#include "core/privacy/loginpair.h"
#include "core/privacy/tokenchecks.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype nearBefore = 160; ///< how far in front of a token its telling word may stand
constexpr qsizetype nearBehind = 100; ///< how far behind its word a token without a form of its own may begin
constexpr int nearLines = 2;
constexpr qsizetype longestNameInRun = 60; ///< that may stand directly in front of a token in one run: `name=token`

/// The word begins at `at`: behind something else than a letter, or with the capital of a camel-case name.
bool startsWord(QByteArrayView text, qsizetype at)
{
    return at == 0 || !Bytes::isAlpha(text[at - 1]) || (Bytes::isLower(text[at - 1]) && Bytes::isUpper(text[at]));
}

} // namespace

void TokenScan::atKeyword(const Trigger &trigger, qsizetype end)
{
    const TokenRule &rule = m_knowledge.rules.rules()[static_cast<std::size_t>(trigger.rule)];
    const qsizetype keyword = end - trigger.length;
    constexpr int wide = 64;
    const bool once = trigger.maxBefore - trigger.minBefore > wide; // ".eyJ.eyJ.eyJ": each place is tried once
    const qsizetype last = std::max<qsizetype>(once ? m_tried.value(&trigger) : 0, keyword - trigger.maxBefore);
    for (qsizetype begin = keyword - trigger.minBefore; begin >= std::max<qsizetype>(0, last); --begin) {
        if (tryAt(rule, begin, end - begin, Certainty::Form))
            return;
    }
    if (once)
        m_tried.insert(&trigger, std::max<qsizetype>(last, keyword - trigger.minBefore + 1));
}

void TokenScan::behindWord(const Trigger &trigger, qsizetype end)
{
    const TokenRule &rule = m_knowledge.rules.rules()[static_cast<std::size_t>(trigger.rule)];
    if (m_hints.lock || m_hints.fixture || !startsWord(m_text, end - trigger.length))
        return;
    const qsizetype limit = std::min(m_text.size(), end + nearBehind);
    int lines = 0;
    for (qsizetype begin = end; begin < limit; ++begin) {
        if (m_text[begin] == '\n' && ++lines > nearLines)
            return;
        if (tryAt(rule, begin, 0, Certainty::Near))
            return;
    }
}

bool TokenScan::atRun(qsizetype begin, qsizetype end)
{
    const std::size_t hits = m_hits.size();
    for (const int index : m_knowledge.runRules) {
        const TokenRule &rule = m_knowledge.rules.rules()[static_cast<std::size_t>(index)];
        for (qsizetype at = begin; at < end && at < begin + longestNameInRun; ++at) {
            if (tryAt(rule, at, 0, Certainty::Form))
                break;
        }
    }
    return m_hits.size() > hits;
}

/// Not in the middle of a word, but directly behind an escape such as \n, %3D or \u003d it may begin.
bool TokenScan::isOpenLeft(qsizetype begin, bool whole) const
{
    if (begin == 0)
        return true;
    const char before = m_text[begin - 1];
    if (!Bytes::alnum.contains(before))
        return before != '+' && (before != '_' || !whole); // a plus sign stands inside base64
    if (begin >= 2 && m_text[begin - 2] == '\\')
        return before == 'n' || before == 'r' || before == 't';
    const bool hexPair = Bytes::isHexDigit(before) && begin >= 3 && Bytes::isHexDigit(m_text[begin - 2]);
    if (hexPair && (m_text[begin - 3] == '%' || (m_text[begin - 3] == 'x' && begin >= 4 && m_text[begin - 4] == '\\')))
        return true;
    return hexPair && begin >= 6 && m_text[begin - 5] == 'u' && m_text[begin - 6] == '\\';
}

bool TokenScan::isOpenRight(const TokenRule &rule, qsizetype end) const
{
    if (rule.openRight || end >= m_text.size())
        return true;
    const Shape::Node &last = rule.shape.nodes().back();
    const char behind = m_text[end];
    return !Bytes::word.contains(behind) && behind != '+'
        && !(last.choices.empty() && last.max > 1 && last.set.contains(behind));
}

/// A right checksum is no chance, so in the columns of a database or in an image nothing need part the token from the
/// rest.
bool TokenScan::hasChecksum(const TokenRule &rule, qsizetype begin, qsizetype end) const
{
    return rule.check == TokenCheck::Crc32Base62
        && checkToken(rule.check, m_text.sliced(begin, end - begin)) == CheckVerdict::Proven;
}

bool TokenScan::tryAt(const TokenRule &rule, qsizetype begin, qsizetype fixed, Certainty certainty)
{
    if (m_hints.fixture && rule.generic)
        return false;
    constexpr qsizetype shortFixed = 4; // turns up in base64url by chance
    const bool insideBase64 = fixed > 0 && fixed <= shortFixed && begin > 1 && m_text[begin - 1] == '-'
        && Bytes::alnum.contains(m_text[begin - 2]);
    const bool apart = (rule.openLeft || isOpenLeft(begin, rule.whole)) && !insideBase64;
    if (!apart && rule.check != TokenCheck::Crc32Base62)
        return false;
    const qsizetype end = rule.shape.match(m_runs, begin);
    if (end < 0 || ((!apart || !isOpenRight(rule, end)) && !hasChecksum(rule, begin, end)))
        return false;
    if (certainty == Certainty::Form && !rule.near.isEmpty() && !hasNearWord(rule, begin))
        return false;
    if (!rule.near.isEmpty() && standsBehindHashMark(m_knowledge.lexicon, m_text, begin))
        return false;
    if (!accept(rule, m_text.sliced(begin, end - begin), fixed, certainty))
        return false;
    m_hits.push_back({.begin = begin, .end = end, .rule = rule.id, .certainty = certainty});
    return true;
}

bool TokenScan::accept(const TokenRule &rule, QByteArrayView token, qsizetype fixed, Certainty &certainty) const
{
    const CheckVerdict verdict = checkToken(rule.check, token);
    if (verdict == CheckVerdict::Refuted)
        return false;
    if (verdict == CheckVerdict::Proven && rule.check == TokenCheck::BasicAuth) {
        const qsizetype blank = token.lastIndexOf(' ');
        certainty = Certainty::Proven;
        return isSecretLoginPair(m_knowledge, token.sliced(blank + 1), m_hints);
    }
    if (verdict == CheckVerdict::Proven) {
        certainty = Certainty::Proven;
        return true;
    }
    // The part that differs from one token to the next.
    const QByteArrayView random = fixed < token.size() / 2 ? token.sliced(fixed) : token;
    if (rule.entropy > 0 && ValueJudge::entropyOf(random) < rule.entropy)
        return false;
    if (m_knowledge.values.placeholders().isPlaceholder(random))
        return false;
    if (!rule.isFoundByItself()) {
        const ValueTraits traits = m_knowledge.values.traitsOf(token);
        const ValueKind kind = traits.kind;
        if (traits.madeUp && traits.distinct < 5)
            return false;
        return kind == ValueKind::Random || kind == ValueKind::Hex || kind == ValueKind::Uuid
            || (kind == ValueKind::Password && token.size() < 24);
    }
    constexpr qsizetype telling = 12; ///< a fixed part as long as a webhook's address needs no random rest
    return fixed >= telling || !readsLikeWords(random);
}

/// Formats whose alphabet has dashes, underscores or dots also fit long names: one part must not read like a word.
bool TokenScan::readsLikeWords(QByteArrayView random) const
{
    constexpr qsizetype shortestPart = 8;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= random.size(); ++i) {
        if (i < random.size() && Bytes::alnum.contains(random[i]))
            continue;
        const QByteArrayView part = random.sliced(begin, i - begin);
        const bool digits = std::count_if(part.begin(), part.end(), Bytes::isDigit) > 1;
        if (part.size() >= shortestPart && (digits || m_knowledge.wordModel.surprise(part) > 0))
            return false;
        begin = i + 1;
    }
    return m_knowledge.wordModel.surprise(random) <= 0;
}

bool TokenScan::hasNearWord(const TokenRule &rule, qsizetype begin) const
{
    const qsizetype from = std::max<qsizetype>(0, begin - nearBefore);
    const QByteArrayView before = m_text.sliced(from, begin - from);
    const QByteArray lower = before.toByteArray().toLower();
    return std::any_of(rule.near.begin(), rule.near.end(), [&](const QByteArray &word) {
        for (qsizetype at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
            if (startsWord(before, at))
                return true;
        }
        return false;
    });
}

} // namespace AutoCommit
