#pragma once

#include <QByteArray>

namespace AutoCommit {

/// Text that has passed the scanner. Only SecretScanner::redact() makes one out of data, and only literals of our own
/// source can be added to it, so what takes a RedactedText (a model request, a notice, an answer of the API) cannot be
/// given a secret by mistake: a leak does not compile.
class RedactedText
{
public:
    RedactedText() = default;

    /// Our own words.
    template <std::size_t N>
    explicit RedactedText(const char (&literal)[N])
        : m_text(literal, static_cast<qsizetype>(N) - 1)
    { }

    RedactedText &operator+=(const RedactedText &other)
    {
        m_text += other.m_text;
        return *this;
    }
    friend RedactedText operator+(RedactedText a, const RedactedText &b)
    {
        a += b;
        return a;
    }

    const QByteArray &bytes() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }

private:
    friend class SecretScanner;

    explicit RedactedText(QByteArray passed)
        : m_text(std::move(passed))
    { }

    QByteArray m_text;
};

} // namespace AutoCommit
