#pragma once

#include <QString>

namespace AutoCommit {

/// Text that may leave the process: a SecretScanner has looked at it and masked what it found. Nobody else can make one
/// out of text from a repository, and the model client accepts nothing else; so a leak does not compile.
class RedactedText
{
public:
    RedactedText() = default;

    /// Words of our own (prompts, labels, numbers), known when the program was compiled.
    static RedactedText ownWords(const char *literal) { return RedactedText(QString::fromUtf8(literal)); }

    const QString &text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }

    RedactedText &operator+=(const RedactedText &other)
    {
        m_text += other.m_text;
        return *this;
    }
    friend RedactedText operator+(RedactedText left, const RedactedText &right) { return left += right; }

private:
    explicit RedactedText(QString text)
        : m_text(std::move(text))
    { }
    friend class SecretScanner;

    QString m_text;
};

} // namespace AutoCommit
