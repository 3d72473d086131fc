#include "core/privacy/glob.h"

namespace AutoCommit {

namespace {

/// Compares one pattern element with one byte; moves `at` behind the element.
bool elementMatches(QByteArrayView pattern, qsizetype &at, char c)
{
    const char p = pattern[at];
    const qsizetype close = p == '[' ? pattern.indexOf(']', at) : -1;
    if (close == at + 4 && pattern[at + 2] == '-') {
        const bool inside = c >= pattern[at + 1] && c <= pattern[at + 3];
        at = close + 1;
        return inside;
    }
    ++at;
    return p == '?' ? c != '/' : p == c;
}

} // namespace

bool globMatches(QByteArrayView pattern, QByteArrayView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype starPattern = -1; // where to go on when the last star takes one byte more
    qsizetype starText = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            starPattern = ++p;
            starText = t;
            continue;
        }
        qsizetype next = p;
        if (p < pattern.size() && elementMatches(pattern, next, text[t])) {
            p = next;
            ++t;
            continue;
        }
        if (starPattern < 0 || text[starText] == '/')
            return false;
        p = starPattern;
        t = ++starText;
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

QByteArrayList expandBraces(const QByteArray &pattern)
{
    const qsizetype open = pattern.indexOf('{');
    const qsizetype close = pattern.indexOf('}', open);
    if (open < 0 || close < 0)
        return {pattern};
    QByteArrayList out;
    const QByteArrayList tails = expandBraces(pattern.mid(close + 1));
    for (const QByteArray &choice : pattern.mid(open + 1, close - open - 1).split(',')) {
        for (const QByteArray &tail : tails)
            out.append(pattern.left(open) + choice + tail);
    }
    return out;
}

} // namespace AutoCommit
