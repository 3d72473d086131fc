#pragma once

#include "core/privacy/byteset.h"

#include <QByteArrayView>

#include <algorithm>

namespace AutoCommit {

/// Where the word at [begin, end) begins if an escape of a string literal stands in front of it: `\u0026page_token`,
/// `\nMIIE…`. Without a backslash before it that is `begin`.
inline qsizetype behindEscape(QByteArrayView text, qsizetype begin, qsizetype end)
{
    constexpr qsizetype unicode = 5;
    if (begin == 0 || begin + 1 >= end || text[begin - 1] != '\\')
        return begin;
    const QByteArrayView word = text.sliced(begin, end - begin);
    if (word[0] == 'u' && word.size() > unicode
        && std::all_of(word.begin() + 1, word.begin() + unicode, Bytes::isHexDigit))
        return begin + unicode;
    return QByteArrayView("nrt").contains(word[0]) ? begin + 1 : begin;
}

} // namespace AutoCommit
