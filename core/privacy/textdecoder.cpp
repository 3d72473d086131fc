#include "core/privacy/textdecoder.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype sniffed = 1024; ///< bytes that tell the encoding
constexpr qsizetype leastWide = 8; ///< characters

bool isPrintable(char c)
{
    return (c >= ' ' && c <= '~') || c == '\t' || c == '\r' || c == '\n';
}

} // namespace

void TextDecoder::feed(QByteArrayView piece, QByteArray &text)
{
    if (m_decided) {
        decode(piece, text);
        return;
    }
    m_head.append(piece);
    if (m_head.size() < sniffed)
        return;
    decide();
    const QByteArray head = std::exchange(m_head, {});
    decode(QByteArrayView(head).sliced(m_start), text);
}

void TextDecoder::finish(QByteArray &text)
{
    if (m_decided)
        return;
    decide();
    const QByteArray head = std::exchange(m_head, {});
    decode(QByteArrayView(head).sliced(m_start), text);
}

/// By the mark, or by zero bytes where Latin text has them: in nearly every second place, or in three of four.
void TextDecoder::decide()
{
    m_decided = true;
    const QByteArrayView head = QByteArrayView(m_head).first(std::min(m_head.size(), sniffed));
    const bool littleMark32 = head.startsWith(QByteArrayView("\xFF\xFE\0\0", 4));
    const bool bigMark32 = head.startsWith(QByteArrayView("\0\0\xFE\xFF", 4));
    qsizetype zeros[4] = {0, 0, 0, 0};
    for (qsizetype i = 0; i < head.size(); ++i)
        zeros[i % 4] += head[i] == '\0' ? 1 : 0;
    const qsizetype units = head.size() / 4;
    const auto many = [&](qsizetype place) { return units >= 4 && zeros[place] * 10 >= units * 9; };
    const auto few = [&](qsizetype place) { return zeros[place] * 20 <= units; };
    const bool little = many(3) && many(2) && many(1) && few(0);
    const bool big = many(0) && many(1) && many(2) && few(3);
    if (littleMark32 || bigMark32 || little || big) {
        m_start = littleMark32 || bigMark32 ? 4 : 0;
        m_width = 4;
        m_low = bigMark32 || (!littleMark32 && big) ? 3 : 0;
    } else {
        decideWide(head, head.startsWith("\xFF\xFE"), head.startsWith("\xFE\xFF"));
    }
}

void TextDecoder::decideWide(QByteArrayView head, bool littleMark, bool bigMark)
{
    qsizetype zeros[2] = {0, 0};
    for (qsizetype i = 0; i < head.size(); ++i)
        zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    const qsizetype units = head.size() / 2;
    const auto many = [&](qsizetype n) { return units >= 4 && n * 10 >= units * 6; };
    const auto few = [&](qsizetype n) { return n * 20 <= units; };
    if (littleMark || bigMark)
        m_start = 2;
    if (littleMark || bigMark || (many(zeros[1]) && few(zeros[0])) || (many(zeros[0]) && few(zeros[1])))
        m_width = 2;
    m_low = bigMark || (!littleMark && zeros[0] > zeros[1]) ? 1 : 0;
}

void TextDecoder::decode(QByteArrayView bytes, QByteArray &text)
{
    if (m_width == 1) {
        text.append(bytes);
        return;
    }
    m_head.append(bytes);
    const qsizetype units = m_head.size() / m_width;
    text.reserve(text.size() + units);
    for (qsizetype i = 0; i < units; ++i) {
        const QByteArrayView unit = QByteArrayView(m_head).sliced(m_width * i, m_width);
        const char low = unit[m_low];
        const bool ascii = std::ranges::count(unit, '\0') == m_width - (low == '\0' ? 0 : 1)
            && static_cast<unsigned char>(low) < 0x80;
        text.append(ascii ? low : '\xFF');
    }
    m_head.remove(0, m_width * units);
}

std::vector<WideText> wideTextsIn(QByteArrayView data)
{
    std::vector<WideText> found;
    qsizetype at = data.indexOf('\0');
    while (at > 0) {
        qsizetype begin = at - 1;
        qsizetype end = begin;
        while (end < data.size() && isPrintable(data[end]) && (end + 1 >= data.size() || data[end + 1] == '\0'))
            end += 2;
        if (end - begin >= 2 * leastWide) {
            WideText wide{.text = {}, .begin = begin};
            for (qsizetype i = begin; i < end; i += 2)
                wide.text.append(data[i]);
            found.push_back(std::move(wide));
        }
        const qsizetype next = std::max(end, at + 1);
        at = next < data.size() ? data.indexOf('\0', next) : -1;
    }
    return found;
}

} // namespace AutoCommit
