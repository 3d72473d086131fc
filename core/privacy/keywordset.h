#pragma once

#include <QByteArray>

#include <array>
#include <vector>

namespace AutoCommit {

/// Finds many keywords at once, in either case, in one pass over the text (Aho-Corasick as a table over byte classes).
/// Immutable after build(), so any number of threads may search.
class KeywordSet
{
public:
    /// Keywords are lower case and not empty; `id` is what search() reports. The same keyword may have several ids.
    void add(QByteArrayView keyword, int id);
    void build();

    /// Calls found(end, id) for every occurrence, in the order of their ends; `end` is one past the last byte.
    template <typename Found> void search(QByteArrayView text, Found &&found) const
    {
        quint32 state = 0;
        const qsizetype n = text.size();
        for (qsizetype i = 0; i < n; ++i) {
            state = m_next[state + m_classOf[static_cast<unsigned char>(text[i])]];
            if (state >= m_firstReporting) [[unlikely]]
                report(state, i + 1, found);
        }
    }

private:
    struct Word
    {
        QByteArray text;
        int id;
    };

    template <typename Found> void report(quint32 state, qsizetype end, Found &found) const
    {
        const std::size_t row = (state - m_firstReporting) / m_classes;
        for (quint32 i = m_reportBegin[row]; i < m_reportBegin[row + 1]; ++i)
            found(end, m_reports[i]);
    }

    std::vector<Word> m_words;
    std::array<quint8, 256> m_classOf{};
    quint32 m_classes = 1;
    std::vector<quint32> m_next; ///< rows of m_classes cells, each the offset of the next row
    quint32 m_firstReporting = 0; ///< rows that end a keyword come last
    std::vector<quint32> m_reportBegin;
    std::vector<int> m_reports;
};

} // namespace AutoCommit
