#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace AutoCommit {

/// One flat reader for text that has to be exactly as expected: no escapes, no fractions, no doubled keys to choose
/// from. (QJsonDocument keeps the last of two equal keys and says nothing.)
class StrictJson
{
public:
    explicit StrictJson(const QByteArray &text)
        : m_text(text)
    { }

    bool take(char symbol); ///< after blanks
    std::optional<QByteArray> string(); ///< without a backslash or a control character in it
    std::optional<int> number(); ///< a whole one, not negative, at most five digits, no leading zero
    bool atEnd(); ///< nothing but blanks follows

private:
    void skipBlanks();

    const QByteArray m_text;
    qsizetype m_at = 0;
};

} // namespace AutoCommit
