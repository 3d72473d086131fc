#pragma once

#include <QByteArray>

#include <vector>

namespace AutoCommit {

/// Turns a blob, piece by piece, into one byte per character as far as a search for secrets needs it: UTF-16 and
/// UTF-32 of either byte order, with or without a mark, become their ASCII characters (others become 0xFF); everything
/// else stays.
class TextDecoder
{
public:
    /// Appends what `piece` adds to the text. Nothing comes out until enough has come in to tell the encoding.
    void feed(QByteArrayView piece, QByteArray &text);
    void finish(QByteArray &text);

    /// Where the character `index` of the text begins in the blob.
    qsizetype offsetOf(qsizetype index) const { return m_width == 1 ? index : m_start + m_width * index; }

private:
    void decide();
    void decideWide(QByteArrayView head, bool littleMark, bool bigMark);
    void decode(QByteArrayView bytes, QByteArray &text);

    QByteArray m_head = {}; ///< what has come in before the encoding is known; afterwards a part of a code unit
    bool m_decided = false;
    int m_width = 1; ///< bytes a character
    int m_low = 0; ///< which of the bytes of a code unit is the low one
    qsizetype m_start = 0; ///< length of the byte order mark
};

/// A stretch of UTF-16 text inside binary data.
struct WideText
{
    QByteArray text = {}; ///< its characters, one byte each
    qsizetype begin = 0; ///< of its first byte in the data
};

/// Runs of eight and more ASCII characters that each have a zero byte behind them.
std::vector<WideText> wideTextsIn(QByteArrayView data);

} // namespace AutoCommit
