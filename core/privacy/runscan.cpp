#include "core/privacy/runscan.h"

#include "core/privacy/escapes.h"
#include "core/privacy/hashcontext.h"

namespace AutoCommit {

namespace {

constexpr qsizetype contextBefore = 100;
constexpr qsizetype longestRun = 2048; ///< longer ones are encoded data, not keys

/// Encoded data of many lines: whatever words may be read out of it mean nothing.
bool isLineOfBlock(QByteArrayView line)
{
    constexpr qsizetype usual = 60; // PEM breaks at 64 characters, MIME at 76
    return line.size() >= usual
        && std::all_of(line.begin(), line.end(), [](char c) { return Bytes::base64.contains(c); });
}

} // namespace

void RunScan::at(qsizetype begin, qsizetype end)
{
    if (m_hints.lock || end - begin > longestRun)
        return;
    const qsizetype wholeEnd = end;
    narrow(begin, end);
    const bool cut = m_text.sliced(end, wholeEnd - end).startsWith("..") || m_text.first(begin).endsWith("..")
        || m_text.sliced(begin, end - begin).contains("..");
    if (end - begin < shortestRun || cut)
        return;
    if (isGiven(begin) && !standsBehindHashMark(m_knowledge.lexicon, m_text, begin)
        && m_knowledge.prefixed.isOne(m_text.sliced(begin, end - begin)) && nearestKind(begin) != NameKind::Other) {
        m_hits.push_back({.begin = begin, .end = end, .rule = "prefixed-token", .certainty = Certainty::Guess});
        return;
    }
    if (m_hints.fixture) // what a word near it says is a guess
        return;
    const ValueTraits traits = m_knowledge.values.traitsOf(m_text.sliced(begin, end - begin));
    if (traits.madeUp)
        return;
    const bool random = traits.kind == ValueKind::Random && traits.digits > 1 && traits.surprise > 24;
    const bool linked = m_text.sliced(wholeEnd).startsWith("](") || isInParentheses(begin, wholeEnd);
    const bool hex = traits.kind == ValueKind::Hex && traits.length >= 24 && !linked;
    const bool uuid = traits.kind == ValueKind::Uuid;
    if ((hex || uuid) && isName(wholeEnd))
        return;
    if (isKeyOfCache(m_text.sliced(begin, end - begin)) && nearestKind(begin) == NameKind::Weak)
        return;
    if (isIllustration(begin) || m_knowledge.prefixed.isId(m_text.sliced(begin, end - begin))
        || (uuid && isInBraces(begin, end)))
        return;
    if ((random || hex || uuid) && !standsBehindHashMark(m_knowledge.lexicon, m_text, begin) && !isEncrypted(begin)
        && hasTellingWord(begin, hex || uuid))
        m_hits.push_back({.begin = begin, .end = end, .rule = "credential", .certainty = Certainty::Guess});
}

/// To the value itself: behind `name=`, without what a sentence or path puts around it.
void RunScan::narrow(qsizetype &begin, qsizetype &end) const
{
    while (end > begin && (m_text[end - 1] == '.' || m_text[end - 1] == '-' || m_text[end - 1] == '='))
        --end;
    for (qsizetype i = end - 1; i > begin; --i) {
        if (m_text[i] == '=') {
            begin = i + 1;
            break;
        }
    }
}

/// Written as a value: in quotes, or behind a sign of assignment.
bool RunScan::isGiven(qsizetype valueBegin) const
{
    qsizetype at = valueBegin;
    while (at > 0 && Bytes::blank.contains(m_text[at - 1]))
        --at;
    return at > 0 && QByteArrayView("\"'`=:>(,[{").contains(m_text[at - 1]);
}

/// `"2f…": …`: a table of what has ids, not a value.
bool RunScan::isName(qsizetype valueEnd) const
{
    const QByteArrayView behind = m_text.sliced(valueEnd, std::min<qsizetype>(3, m_text.size() - valueEnd));
    return behind.size() == 3 && (behind[0] == '"' || behind[0] == '\'')
        && (behind[1] == ':' || behind.sliced(1) == QByteArrayView(" :"));
}

/// `{…}`: how Windows writes the id of a class or project.
bool RunScan::isInBraces(qsizetype begin, qsizetype end) const
{
    return begin > 0 && m_text[begin - 1] == '{' && end < m_text.size() && m_text[end] == '}';
}

/// `fix the token's parser (2f…)`: a commit, named in a change log.
bool RunScan::isInParentheses(qsizetype begin, qsizetype end) const
{
    return begin > 1 && m_text[begin - 1] == '(' && m_text[begin - 2] == ' ' && end < m_text.size()
        && m_text[end] == ')';
}

/// "in the form of `…`", "for example …": one of the last words before the value says that it only shows one.
bool RunScan::isIllustration(qsizetype valueBegin) const
{
    constexpr int nearWords = 4;
    const qsizetype from = std::max<qsizetype>(0, valueBegin - contextBefore);
    qsizetype end = valueBegin;
    for (int words = 0; words < nearWords; ++words) {
        while (end > from && !Bytes::word.contains(m_text[end - 1]) && m_text[end - 1] != '\n')
            --end;
        qsizetype begin = end;
        while (begin > from && Bytes::word.contains(m_text[begin - 1]))
            --begin;
        const QByteArray word = m_text.sliced(begin, end - begin).toByteArray().toLower();
        if (word.isEmpty())
            return false;
        if (m_knowledge.lexicon.section("illustrations").contains(word))
            return true;
        end = begin;
    }
    return false;
}

/// Part of something encrypted or hashed (`ENC[…,data:…]`, `$2b$12$…`), or a line of a PEM block.
bool RunScan::isEncrypted(qsizetype valueBegin) const
{
    const qsizetype from = std::max<qsizetype>(0, valueBegin - contextBefore);
    QByteArrayView before = m_text.sliced(from, valueBegin - from);
    const qsizetype lineBegin = before.lastIndexOf('\n') + 1;
    const QByteArrayView above = before.first(lineBegin).trimmed();
    const QByteArrayView lineAbove = above.sliced(above.lastIndexOf('\n') + 1);
    return m_knowledge.lexicon.section("encrypted-starts").hasPartOf(before.sliced(lineBegin))
        || above.endsWith(QByteArrayView("-----")) || isLineOfBlock(lineAbove);
}

/// Of the word in front of the value.
NameKind RunScan::nearestKind(qsizetype valueBegin) const
{
    const qsizetype from = std::max<qsizetype>(0, valueBegin - contextBefore);
    qsizetype end = valueBegin;
    while (end > from && !Bytes::word.contains(m_text[end - 1]))
        --end;
    qsizetype begin = end;
    while (begin > from && (Bytes::word.contains(m_text[begin - 1]) || m_text[begin - 1] == '-'))
        --begin;
    return m_knowledge.names.classify(m_text.sliced(begin, end - begin));
}

/// On the same line, or on the one before if nothing but punctuation stands in front of the value. In a URL only the
/// name of the parameter counts.
bool RunScan::hasTellingWord(qsizetype valueBegin, bool strict) const
{
    const qsizetype from = std::max<qsizetype>(0, valueBegin - contextBefore);
    const bool nearestOnly = isInsideUrl(m_text, valueBegin);
    NameKind best = NameKind::None;
    bool nearest = true;
    qsizetype end = valueBegin;
    while (end > from && (nearest || !nearestOnly)) {
        const char c = m_text[end - 1];
        if (c == '\n' && !nearest)
            break;
        if (!Bytes::word.contains(c)) {
            --end;
            continue;
        }
        qsizetype begin = end;
        while (begin > from && (Bytes::word.contains(m_text[begin - 1]) || m_text[begin - 1] == '-'))
            --begin;
        const qsizetype first = behindEscape(m_text, begin, end);
        const QByteArrayView word = m_text.sliced(first, end - first);
        const bool scheme = m_text.sliced(end).startsWith(QByteArrayView("://")); // mapbox://styles/…
        const NameKind kind = scheme ? NameKind::None : m_knowledge.names.classify(word);
        if (nearest && (kind == NameKind::Other || (kind == NameKind::None && word.startsWith("--"))))
            return false; // `--query accessToken --resource <id>`: what an option is given is that option's
        const bool verb = word == QByteArrayView("pass") && !nearest; // "tests pass, @ada <commit>"
        if (nearest || (kind != NameKind::Weak && !verb)) // "key" is a word of many meanings
            best = std::max(best, kind);
        nearest = false;
        end = begin;
    }
    return strict ? best >= NameKind::Strong : best >= NameKind::Provider;
}

} // namespace AutoCommit
