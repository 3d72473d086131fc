#include "core/wording/tokenestimate.h"

#include <algorithm>

namespace AutoCommit {

namespace {

enum class Kind {
    Lower,
    Upper,
    Digit,
    Space,
    NewLine,
    Punctuation,
    High, ///< part of a character beyond ASCII
};

Kind kindOf(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80)
        return Kind::High;
    if (byte >= 'a' && byte <= 'z')
        return Kind::Lower;
    if (byte >= 'A' && byte <= 'Z')
        return Kind::Upper;
    if (byte >= '0' && byte <= '9')
        return Kind::Digit;
    if (byte == '\n' || byte == '\r')
        return Kind::NewLine;
    return byte == ' ' || byte == '\t' ? Kind::Space : Kind::Punctuation;
}

bool isLetter(Kind kind)
{
    return kind == Kind::Lower || kind == Kind::Upper;
}

bool continuesRun(Kind kind, Kind next)
{
    if (isLetter(kind))
        return isLetter(next) && !(kind == Kind::Lower && next == Kind::Upper);
    return kind == next;
}

/// What a run of one kind counts; the weights are a fit, see the header.
double weightOf(Kind kind, qsizetype length)
{
    const auto size = static_cast<double>(length);
    switch (kind) {
    case Kind::Lower:
    case Kind::Upper:
        return 0.888 + 0.249 * std::max(0.0, size - 6);
    case Kind::Digit:
        return 1.239 * size;
    case Kind::Space:
        return length > 1 ? 0.542 : 0;
    case Kind::NewLine:
        return 0.902;
    case Kind::Punctuation:
        return 0.589 + 0.192 * size;
    case Kind::High:
        break;
    }
    return 0.310 * size;
}

constexpr double untested = 1.25;

} // namespace

double estimateTokens(QByteArrayView text)
{
    double tokens = 0;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype start = i;
        const Kind first = kindOf(text[i]);
        Kind last = first;
        for (++i; i < text.size() && continuesRun(last, kindOf(text[i])); ++i)
            last = kindOf(text[i]);
        tokens += weightOf(first, i - start);
    }
    return tokens;
}

double estimateTokens(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    return estimateTokens(QByteArrayView(bytes));
}

double TokenRatio::factor() const
{
    if (m_count == 0)
        return untested;
    const auto end = m_recent.begin() + static_cast<std::ptrdiff_t>(std::min(m_count, m_recent.size()));
    const double worst = *std::max_element(m_recent.begin(), end);
    // The fewer prompts were seen, the further the worst of them is from the worst there is.
    const double margin = m_count < 8 ? 1.15 : 1.08;
    return std::clamp(worst * margin, 0.9, 1.6);
}

void TokenRatio::learn(double estimated, int actual)
{
    if (estimated < 400 || actual < 1)
        return;
    m_recent.at(m_count % m_recent.size()) = static_cast<double>(actual) / estimated;
    ++m_count;
}

} // namespace AutoCommit
