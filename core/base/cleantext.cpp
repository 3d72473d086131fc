#include "core/base/cleantext.h"

#include <QStringDecoder>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isInvisibleOrBidi(char16_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0x061C
        || c == 0xFEFF || c == 0x00AD || c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x180E || c == 0x2800
        || c == 0x3164 || c == 0xFFA0 || (c >= 0xFFF9 && c <= 0xFFFB);
}

/// Index of the first character after the escape sequence that starts at `i` (ESC, or the C1 form of CSI/OSC).
qsizetype skipEscape(const QString &text, qsizetype i)
{
    const qsizetype n = text.size();
    char16_t kind = text[i].unicode();
    ++i;
    if (kind == 0x1B) {
        if (i >= n)
            return n;
        kind = text[i].unicode();
        ++i;
    } else {
        kind = kind == 0x9B ? u'[' : u']';
    }
    if (kind == u'[') { // CSI: parameters, then one final byte
        while (i < n && (text[i].unicode() < 0x40 || text[i].unicode() > 0x7E) && text[i] != u'\n')
            ++i;
        return i < n && text[i] != u'\n' ? i + 1 : i;
    }
    if (kind == u']' || kind == u'P' || kind == u'^' || kind == u'_') { // a string, ended by BEL or ST
        while (i < n && text[i] != u'\n') {
            const char16_t c = text[i].unicode();
            ++i;
            if (c == 0x07 || c == 0x9C)
                return i;
            if (c == 0x1B)
                return i < n && text[i] == u'\\' ? i + 1 : i;
        }
    }
    return i;
}

QString decode(const QByteArray &bytes)
{
    QStringDecoder utf8(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
    return utf8(bytes);
}

} // namespace

QString cleanText(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        const char16_t c = text[i].unicode();
        if (c == 0x1B || c == 0x9B || c == 0x9D) {
            i = skipEscape(text, i);
            continue;
        }
        if (c == u'\r') {
            if (i + 1 >= text.size() || text[i + 1] != u'\n')
                out += u'\n';
        } else if (QChar::isHighSurrogate(c) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            const char32_t full = QChar::surrogateToUcs4(c, text[i + 1].unicode());
            if (full < 0xE0000 || full > 0xE0FFF) // tag characters and variation selectors carry hidden text
                out += text.sliced(i, 2);
            ++i;
        } else if (QChar::isSurrogate(c)) {
            out += QChar::ReplacementCharacter;
        } else if (c == u'\n' || c == u'\t'
                   || (c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F) && !isInvisibleOrBidi(c))) {
            out += QChar(c);
        }
        ++i;
    }
    return out;
}

QString cleanText(const QByteArray &bytes)
{
    return cleanText(decode(bytes));
}

QString cleanLine(const QString &text, qsizetype maxLength)
{
    QString line = cleanText(text).simplified();
    if (line.size() > maxLength) {
        line.truncate(maxLength - 1);
        if (!line.isEmpty() && line.back().isHighSurrogate())
            line.chop(1);
        line += u'…';
    }
    return line;
}

QString cleanLine(const QByteArray &bytes, qsizetype maxLength)
{
    // Four bytes a character at most: no need to decode a megabyte to show 400 characters.
    return cleanLine(decode(bytes.left(maxLength * 8)), maxLength);
}

QString displayPath(const QByteArray &path)
{
    QString out;
    out.reserve(path.size());
    for (qsizetype i = 0; i < path.size();) {
        const auto lead = static_cast<unsigned char>(path[i]);
        const qsizetype length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 1;
        const QByteArray piece = path.mid(i, length);
        QStringDecoder utf8(QStringDecoder::Utf8, QStringConverter::Flag::Stateless);
        const QString text = utf8(piece);
        const bool valid = !utf8.hasError() && piece.size() == length && cleanText(text) == text && text != u"\n"_s
            && text != u"\t"_s && !text.contains(QChar::ReplacementCharacter);
        if (valid) {
            out += text;
            i += length;
        } else {
            out += u"\\x%1"_s.arg(lead, 2, 16, QLatin1Char('0'));
            ++i;
        }
    }
    return out;
}

} // namespace AutoCommit
