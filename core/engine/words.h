#pragma once

#include <QByteArrayView>

#include <vector>

namespace AutoCommit {

enum class WordForm : quint8 {
    Name, ///< a whole identifier of several parts: parseRange, parse_range and parse-range are one word
    Single, ///< an identifier that is one part
    Part, ///< one part of a Name
    Number, ///< at least three digits and dots: a version, a year, a code
};

struct WordHit
{
    quint32 hash = 0; ///< of the levelled form: lower case, no separators, no plural s
    quint32 at = 0; ///< where it is written, for telling people
    quint16 length = 0;
    WordForm form = WordForm::Single;
};

/// Appends the words of a line in the order they stand. Bytes above 0x7f count as letters. Allocates nothing but `out`.
void readWords(QByteArrayView line, std::vector<WordHit> &out);

} // namespace AutoCommit
