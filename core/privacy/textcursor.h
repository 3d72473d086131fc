#pragma once

#include "core/privacy/byteset.h"

#include <QByteArrayView>

#include <algorithm>
#include <array>

namespace AutoCommit {

inline constexpr ByteSet quoteBytes = Bytes::with({}, "\"'`");

/// The word is in the list, whatever its case.
template <std::size_t N> bool isAmong(QByteArrayView word, const std::array<const char *, N> &list)
{
    return std::any_of(list.begin(), list.end(),
                       [&](const char *entry) { return word.compare(entry, Qt::CaseInsensitive) == 0; });
}

/// A place in a text that is read forwards, a bounded step at a time.
class TextCursor
{
public:
    TextCursor(QByteArrayView text, qsizetype at)
        : m_text(text)
        , m_at(at)
    { }

protected:
    /// Zero behind the end.
    char peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }

    void skip(const ByteSet &set, qsizetype most)
    {
        const qsizetype limit = std::min(m_text.size(), m_at + most);
        while (m_at < limit && set.contains(m_text[m_at]))
            ++m_at;
    }

    /// What of the next 40 bytes is in the set.
    QByteArrayView word(const ByteSet &set) const
    {
        qsizetype end = m_at;
        while (end < m_text.size() && end < m_at + 40 && set.contains(m_text[end]))
            ++end;
        return m_text.sliced(m_at, end - m_at);
    }

    QByteArrayView m_text;
    qsizetype m_at;
};

} // namespace AutoCommit
