#pragma once

#include <QByteArray>
#include <QString>

namespace AutoCommit {

/// Text that may leave the process: a SecretScanner has looked at it and masked what it found. Only
/// SecretScanner::redact() makes one out of data, and only literals of our own source can be added to it; so what takes
/// a RedactedText (a model request, a notice, an answer of the API) cannot be given a secret by mistake: a leak does
/// not compile.
class RedactedText
{
public:
    RedactedText() = default;

    /// Our own words.
    template <std::size_t N>
    explicit RedactedText(const char (&literal)[N])
        : m_text(literal, static_cast<qsizetype>(N) - 1)
    { }

    /// Words of our own that come from a table or a resource compiled into the program.
    static RedactedText ownWords(const char *words) { return RedactedText(QByteArray(words)); }

    const QByteArray &bytes() const { return m_text; } ///< UTF-8
    QString text() const { return QString::fromUtf8(m_text); }
    bool isEmpty() const { return m_text.isEmpty(); }

    RedactedText &operator+=(const RedactedText &other)
    {
        m_text += other.m_text;
        return *this;
    }
    friend RedactedText operator+(RedactedText left, const RedactedText &right) { return left += right; }

private:
    friend class SecretScanner;

    explicit RedactedText(QByteArray passed)
        : m_text(std::move(passed))
    { }

    QByteArray m_text;
};

} // namespace AutoCommit
