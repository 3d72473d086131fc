#pragma once

#include <QByteArray>
#include <QHash>

#include <vector>

namespace AutoCommit {

/// Some words, lower case.
class WordList
{
public:
    WordList() = default;
    explicit WordList(std::vector<QByteArray> words);

    const std::vector<QByteArray> &words() const { return m_words; }

    bool contains(QByteArrayView word) const;
    bool hasEndOf(QByteArrayView text) const; ///< `text` ends with one of the words
    bool hasStartOf(QByteArrayView text) const;
    bool hasPartOf(QByteArrayView text) const; ///< one of the words is somewhere in `text`

private:
    std::vector<QByteArray> m_words; ///< sorted
};

/// The word lists of resources/privacy/words.txt: `[section]` lines, then words parted by blanks; `#` starts a comment.
/// A `_` in a word stands for itself; words are taken as written.
class Lexicon
{
public:
    explicit Lexicon(QByteArrayView text);

    /// An empty list if there is no such section.
    const WordList &section(QByteArrayView name) const;

private:
    QHash<QByteArray, WordList> m_sections;
    WordList m_none;
};

} // namespace AutoCommit
