#pragma once

#include <QtGlobal>

#include <array>
#include <bit>

namespace AutoCommit {

/// A set of byte values.
class ByteSet
{
public:
    constexpr bool contains(char c) const
    {
        const auto u = static_cast<unsigned char>(c);
        return (m_bits[u >> 6] >> (u & 63) & 1) != 0;
    }

    constexpr void add(char c)
    {
        const auto u = static_cast<unsigned char>(c);
        m_bits[u >> 6] |= quint64(1) << (u & 63);
    }

    constexpr void addRange(char first, char last)
    {
        for (int c = static_cast<unsigned char>(first); c <= static_cast<unsigned char>(last); ++c)
            add(static_cast<char>(c));
    }

    constexpr void addAll(const char *characters)
    {
        for (; *characters != '\0'; ++characters)
            add(*characters);
    }

    constexpr void invert()
    {
        for (quint64 &word : m_bits)
            word = ~word;
    }

    constexpr bool intersects(const ByteSet &other) const
    {
        for (std::size_t i = 0; i < m_bits.size(); ++i) {
            if ((m_bits[i] & other.m_bits[i]) != 0)
                return true;
        }
        return false;
    }

    constexpr void addAll(const ByteSet &other)
    {
        for (std::size_t i = 0; i < m_bits.size(); ++i)
            m_bits[i] |= other.m_bits[i];
    }

    constexpr int size() const
    {
        int n = 0;
        for (const quint64 word : m_bits)
            n += std::popcount(word);
        return n;
    }

    /// Calls take(byte) for every byte in the set, in their order.
    template <typename Take> constexpr void forEach(Take &&take) const
    {
        for (std::size_t i = 0; i < m_bits.size(); ++i) {
            for (quint64 word = m_bits[i]; word != 0; word &= word - 1)
                take(static_cast<char>(i * 64 + static_cast<std::size_t>(std::countr_zero(word))));
        }
    }

    constexpr bool operator==(const ByteSet &) const = default;

private:
    std::array<quint64, 4> m_bits{};
};

/// The sets that most of the scanner's questions are about.
namespace Bytes {

constexpr ByteSet makeAlnum()
{
    ByteSet set;
    set.addRange('a', 'z');
    set.addRange('A', 'Z');
    set.addRange('0', '9');
    return set;
}

constexpr ByteSet with(ByteSet set, const char *characters)
{
    set.addAll(characters);
    return set;
}

inline constexpr ByteSet alnum = makeAlnum();
inline constexpr ByteSet word = with(alnum, "_");
inline constexpr ByteSet base64 = with(alnum, "+/_-");
inline constexpr ByteSet blank = with({}, " \t");
inline constexpr ByteSet space = with({}, " \t\r\n");

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
constexpr bool isAlpha(char c)
{
    return isLower(c) || isUpper(c);
}
constexpr char toLower(char c)
{
    return isUpper(c) ? static_cast<char>(c + 32) : c;
}
constexpr bool isHexDigit(char c)
{
    return isDigit(c) || (toLower(c) >= 'a' && toLower(c) <= 'f');
}

} // namespace Bytes

} // namespace AutoCommit
