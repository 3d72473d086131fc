#include "core/privacy/lexicon.h"

#include <algorithm>

namespace AutoCommit {

namespace {

/// Calls take(piece) for every non-empty part of `text` between the bytes of `parting`.
template <typename Take> void forEachPart(QByteArrayView text, QByteArrayView parting, Take &&take)
{
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !parting.contains(text[i]))
            continue;
        if (i > begin)
            take(text.sliced(begin, i - begin));
        begin = i + 1;
    }
}

} // namespace

WordList::WordList(std::vector<QByteArray> words)
    : m_words(std::move(words))
{
    std::sort(m_words.begin(), m_words.end());
}

bool WordList::contains(QByteArrayView word) const
{
    const auto less = [](const QByteArray &a, QByteArrayView b) { return QByteArrayView(a) < b; };
    const auto found = std::lower_bound(m_words.begin(), m_words.end(), word, less);
    return found != m_words.end() && QByteArrayView(*found) == word;
}

bool WordList::hasEndOf(QByteArrayView text) const
{
    return std::any_of(m_words.begin(), m_words.end(), [&](const QByteArray &word) { return text.endsWith(word); });
}

bool WordList::hasStartOf(QByteArrayView text) const
{
    return std::any_of(m_words.begin(), m_words.end(), [&](const QByteArray &word) { return text.startsWith(word); });
}

bool WordList::hasPartOf(QByteArrayView text) const
{
    return std::any_of(m_words.begin(), m_words.end(), [&](const QByteArray &word) { return text.contains(word); });
}

Lexicon::Lexicon(QByteArrayView text)
{
    QHash<QByteArray, std::vector<QByteArray>> words;
    QByteArray section;
    forEachPart(text, "\r\n", [&](QByteArrayView line) {
        if (line.startsWith('#'))
            return;
        if (line.startsWith('[') && line.endsWith(']')) {
            section = line.sliced(1, line.size() - 2).toByteArray();
            return;
        }
        forEachPart(line, " \t", [&](QByteArrayView word) { words[section].push_back(word.toByteArray()); });
    });
    for (auto it = words.begin(); it != words.end(); ++it)
        m_sections.insert(it.key(), WordList(std::move(it.value())));
}

const WordList &Lexicon::section(QByteArrayView name) const
{
    const auto found = m_sections.constFind(name.toByteArray());
    return found == m_sections.constEnd() ? m_none : *found;
}

} // namespace AutoCommit
