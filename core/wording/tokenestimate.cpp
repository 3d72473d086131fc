#include "core/wording/tokenestimate.h"

#include <algorithm>
#include <utility>

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
    return length == 2 ? 1.15 : 0.310 * size; // a lone accented letter also breaks the word that it stands in
}

/// Letters and digits without a sense, such as base64: tokens of one and a half characters, however the runs fall.
class Scramble
{
public:
    /// What the scramble that ends before this run takes beyond the weights of its runs.
    double add(Kind kind, qsizetype length, double weight)
    {
        if (!isLetter(kind) && kind != Kind::Digit)
            return end();
        m_length += length;
        m_weight += weight;
        ++m_runs;
        return 0;
    }
    double end()
    {
        const auto length = static_cast<double>(std::exchange(m_length, 0));
        const double weight = std::exchange(m_weight, 0);
        const int runs = std::exchange(m_runs, 0);
        const bool senseless = length >= 16 && runs * 5 >= length;
        return senseless ? std::max(0.0, length / 1.6 - weight) : 0;
    }

private:
    qsizetype m_length = 0;
    double m_weight = 0;
    int m_runs = 0;
};

constexpr double untested = 1.25;

} // namespace

double estimateTokens(QByteArrayView text)
{
    double tokens = 0;
    Scramble scramble;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype start = i;
        const Kind first = kindOf(text[i]);
        Kind last = first;
        for (++i; i < text.size() && continuesRun(last, kindOf(text[i])); ++i)
            last = kindOf(text[i]);
        const double weight = weightOf(first, i - start);
        tokens += weight + scramble.add(first, i - start, weight);
    }
    return tokens + scramble.end();
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
