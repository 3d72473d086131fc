#include "core/message/scan.h"

#include <algorithm>

namespace AutoCommit::Wording {

bool Scanner::accept(const char *mark)
{
    const ByteView wanted(mark);
    if (!rest().startsWith(wanted))
        return false;
    const qsizetype end = m_at + wanted.size();
    if (isWordChar(wanted.back()) && end < m_text.size() && isWordChar(m_text[end]))
        return false;
    m_at = end;
    skipBlanks();
    return true;
}

ByteView Scanner::word()
{
    const ByteView found = peekWord();
    m_at += found.size();
    skipBlanks();
    return found;
}

ByteView Scanner::looseWord(const char *also)
{
    const qsizetype start = m_at;
    while (!atEnd() && (isWordChar(m_text[m_at]) || ByteView(also).contains(m_text[m_at])))
        ++m_at;
    const ByteView found = m_text.sliced(start, m_at - start);
    skipBlanks();
    return found;
}

bool Scanner::skipGroup()
{
    static constexpr ByteView open("(<[{");
    static constexpr ByteView close(")>]}");
    const qsizetype kind = open.indexOf(peek());
    if (atEnd() || kind < 0)
        return false;
    int depth = 0;
    for (qsizetype i = m_at; i < m_text.size(); ++i) {
        const char c = m_text[i];
        if (c == open[kind])
            ++depth;
        else if (c == close[kind] && !(c == '>' && (m_text[i - 1] == '-' || m_text[i - 1] == '='))) // -> and =>
            --depth;
        if (depth == 0) {
            m_at = i + 1;
            skipBlanks();
            return true;
        }
    }
    return false;
}

void Scanner::skip(qsizetype count)
{
    m_at = std::min(m_text.size(), m_at + count);
    skipBlanks();
}

void Scanner::skipBlanks()
{
    while (!atEnd() && (m_text[m_at] == ' ' || m_text[m_at] == '\t'))
        ++m_at;
}

} // namespace AutoCommit::Wording
