#pragma once

#include "core/message/text.h"

namespace AutoCommit::Wording {

/// Walks over one line, left to right.
class Scanner
{
public:
    explicit Scanner(ByteView text)
        : m_text(text)
    {
        skipBlanks();
    }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek() const { return atEnd() ? '\0' : m_text[m_at]; }
    ByteView rest() const { return m_text.sliced(m_at); }
    ByteView peekWord() const { return identifierAt(m_text, m_at); }
    qsizetype position() const { return m_at; }

    /// Takes the mark or word if it is next.
    bool accept(const char *mark);
    ByteView word();
    /// A name that may hold '.', ':' or '-' besides the usual (for build targets, shell functions, keys).
    ByteView looseWord(const char *also);
    /// Passes a balanced (…), <…>, […] or {…} that starts here; false if there is none or it does not end.
    bool skipGroup();
    void skip(qsizetype count);
    void skipBlanks();

private:
    ByteView m_text;
    qsizetype m_at = 0;
};

} // namespace AutoCommit::Wording
