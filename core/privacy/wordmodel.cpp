#include "core/privacy/wordmodel.h"

#include "core/privacy/byteset.h"

namespace AutoCommit {

namespace {

constexpr std::size_t digit = 26;
constexpr std::size_t separator = 27;

std::size_t symbolOf(char c)
{
    if (Bytes::isDigit(c))
        return digit;
    return Bytes::isAlpha(c) ? static_cast<std::size_t>(Bytes::toLower(c) - 'a') : separator;
}

/// Bits that a random character of the value's own alphabet costs, by kind of character.
struct RandomCost
{
    float letter = 0;
    float digit = 0;
};

RandomCost costInAlphabetOf(QByteArrayView value)
{
    bool lower = false;
    bool upper = false;
    bool digits = false;
    bool hex = true;
    for (const char c : value) {
        lower = lower || Bytes::isLower(c);
        upper = upper || Bytes::isUpper(c);
        digits = digits || Bytes::isDigit(c);
        hex = hex && (Bytes::isHexDigit(c) || !Bytes::alnum.contains(c));
    }
    if (hex && digits)
        return {.letter = 4.0F, .digit = 0.68F}; // a digit is one of ten in sixteen
    if (lower && upper)
        return {.letter = digits ? 4.95F : 4.7F, .digit = 2.63F}; // cases are counted apart
    return {.letter = digits ? 5.17F : 4.7F, .digit = 1.85F};
}

/// What a change of case inside a word costs, in bits over the one bit of a random choice.
float caseCost(char before, char after)
{
    if (Bytes::isLower(before))
        return Bytes::isLower(after) ? -0.87F : 2.6F;
    return Bytes::isUpper(after) ? -0.6F : 0.3F;
}

} // namespace

WordModel::WordModel(QByteArrayView table)
{
    std::size_t cell = 0;
    for (const char c : table) {
        if (c != '\n' && cell < m_cost.size())
            m_cost[cell++] = static_cast<float>(c - 35) / 4;
    }
}

double WordModel::surprise(QByteArrayView value) const
{
    const RandomCost random = costInAlphabetOf(value);
    const bool bothCases = random.digit > 2;
    float bits = 0;
    std::size_t before = separator;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const std::size_t symbol = symbolOf(value[i]);
        if (symbol != separator || before != separator) {
            const float cost = m_cost[before * symbols + symbol];
            bits += symbol == separator ? cost - 4 : cost - (symbol == digit ? random.digit : random.letter);
        }
        if (bothCases && before < digit && symbol < digit)
            bits += caseCost(value[i - 1], value[i]);
        before = symbol;
    }
    return static_cast<double>(bits);
}

} // namespace AutoCommit
