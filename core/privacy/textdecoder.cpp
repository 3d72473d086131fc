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

/// By the mark, or by zero bytes in nearly every second place as Latin text has them.
void TextDecoder::decide()
{
    m_decided = true;
    const QByteArrayView head = QByteArrayView(m_head).first(std::min(m_head.size(), sniffed));
    const bool littleMark = head.startsWith("\xFF\xFE");
    const bool bigMark = head.startsWith("\xFE\xFF");
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
    const qsizetype units = m_head.size() / 2;
    text.reserve(text.size() + units);
    for (qsizetype i = 0; i < units; ++i) {
        const char low = m_head[2 * i + m_low];
        const char high = m_head[2 * i + 1 - m_low];
        text.append(high == '\0' && static_cast<unsigned char>(low) < 0x80 ? low : '\xFF');
    }
    m_head.remove(0, 2 * units);
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
