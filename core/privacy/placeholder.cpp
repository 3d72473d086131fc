#include "core/privacy/placeholder.h"

#include "core/privacy/byteset.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

constexpr qsizetype longestJudged = 256; ///< what is longer is judged by its beginning

bool startsAndEnds(QByteArrayView value, QByteArrayView first, QByteArrayView last)
{
    return value.size() >= first.size() + last.size() && value.startsWith(first) && value.endsWith(last);
}

/// `%(name)s`, as Python writes it.
bool isFormat(QByteArrayView v)
{
    const qsizetype open = v.indexOf("%(");
    const qsizetype close = open < 0 ? -1 : v.indexOf(')', open);
    return close > 0 && close + 1 < v.size() && QByteArrayView("sdrif").contains(v[close + 1])
        && std::all_of(v.begin() + open + 2, v.begin() + close, [](char c) { return Bytes::word.contains(c); })
        && (close + 2 == v.size() || !Bytes::alnum.contains(v[close + 2]));
}

bool isTemplate(QByteArrayView v)
{
    if (isFormat(v))
        return true;
    constexpr std::array marks{"${", "$(", "{{", "}}", "<%", "%>", "#{", "{%", "[[", "$[", "@{"};
    for (const char *mark : marks) {
        if (v.contains(QByteArrayView(mark)))
            return true;
    }
    if (startsAndEnds(v, "<", ">") || startsAndEnds(v, "[", "]") || startsAndEnds(v, "{", "}")
        || startsAndEnds(v, "%", "%") || startsAndEnds(v, "@", "@") || startsAndEnds(v, "__", "__")
        || startsAndEnds(v, "(", ")") || startsAndEnds(v, "*", "*"))
        return true;
    const bool dollar = v.startsWith("$");
    const auto named = [](char c) { return Bytes::word.contains(c) || c == ':' || c == '.'; };
    return (dollar && v.size() > 1 && !Bytes::isDigit(v[1]) && std::all_of(v.begin() + 1, v.end(), named))
        || v == QByteArrayView("%s") || v == QByteArrayView("%d") || v == QByteArrayView("%v");
}

int distinctBytes(QByteArrayView value)
{
    ByteSet seen;
    for (const char c : value)
        seen.add(c);
    return seen.size();
}

/// 12345678, abcdefgh, 0123456789abcdef, aaaa; also interleaved: a1b2c3d4.
bool countsUp(QByteArrayView value, qsizetype step, int percent)
{
    const auto follows = [](char a, char b) {
        if (a == '9' && (b == '0' || Bytes::toLower(b) == 'a'))
            return true;
        if ((a == '0' && b == '9') || (a == 'z' && (b == 'a' || b == '0')) || (a == 'f' && b == '0')
            || (a == 'Z' && (b == 'a' || b == '0')))
            return true;
        return Bytes::alnum.contains(a) && (b == a + 1 || b == a || b == a - 1);
    };
    qsizetype pairs = 0;
    qsizetype steps = 0;
    for (qsizetype i = step; i < value.size(); ++i) {
        ++pairs;
        steps += follows(Bytes::toLower(value[i - step]), Bytes::toLower(value[i])) ? 1 : 0;
    }
    return pairs >= 5 && steps * 100 >= pairs * percent;
}

/// What people fill the place of a token with.
bool isFiller(char c)
{
    return QByteArrayView("x*.0_#-?").contains(c);
}

/// The same few characters again and again.
bool repeats(QByteArrayView value)
{
    for (qsizetype period = 1; period <= value.size() / 3; ++period) {
        if (value.sliced(period) == value.first(value.size() - period))
            return true;
    }
    return false;
}

/// The letters alone count up, with digits thrown in: "abc01de2fghijk345lmnop".
bool spellsAlphabet(QByteArrayView value)
{
    constexpr qsizetype fewest = 8;
    QByteArray letters;
    for (const char c : value) {
        if (Bytes::isAlpha(c))
            letters += c;
        else if (!Bytes::isDigit(c))
            return false;
    }
    return letters.size() >= fewest && countsUp(letters, 1, 90);
}

} // namespace

Placeholders::Placeholders(const Lexicon &lexicon)
    : m_whole(lexicon.section("stand-ins"))
{
    for (const QByteArray &word : lexicon.section("stand-in-parts").words())
        m_parts.add(word, 0);
    m_parts.build();
}

/// "secret-value", "password1": nothing but stand-ins, at most numbered.
bool Placeholders::isOfStandIns(QByteArrayView value) const
{
    constexpr qsizetype longestNumber = 1;
    while (!value.isEmpty() && QByteArrayView("-_.").contains(value.back()))
        value.chop(1);
    qsizetype letters = value.size();
    while (letters > 0 && Bytes::isDigit(value[letters - 1]))
        --letters;
    if (letters == 0 || value.size() - letters > longestNumber)
        return false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= letters; ++i) {
        if (i < letters && !QByteArrayView("-_.").contains(value[i]))
            continue;
        if (!m_whole.contains(value.sliced(begin, i - begin)))
            return false;
        begin = i + 1;
    }
    return true;
}

bool Placeholders::hasStandIn(QByteArrayView value) const
{
    bool found = m_whole.contains(value) || isOfStandIns(value);
    m_parts.search(value, [&](qsizetype, int) { found = true; });
    return found;
}

bool Placeholders::isPlaceholder(QByteArrayView value) const
{
    const QByteArrayView head = value.first(std::min(value.size(), longestJudged));
    if (head.isEmpty() || isTemplate(head))
        return true;
    const QByteArray lower = head.toByteArray().toLower();
    return hasStandIn(lower) || (distinctBytes(lower) <= 2 && std::all_of(lower.begin(), lower.end(), isFiller));
}

bool Placeholders::isMadeUp(QByteArrayView value)
{
    const QByteArrayView head = value.first(std::min(value.size(), longestJudged));
    const int distinct = distinctBytes(head);
    return distinct <= 2 || (distinct <= 4 && head.size() >= 16) || repeats(head) || countsUp(head, 1, 75)
        || countsUp(head, 2, 85) || spellsAlphabet(head);
}

} // namespace AutoCommit
