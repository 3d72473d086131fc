#include "core/privacy/hashcontext.h"

#include "core/privacy/byteset.h"

#include <algorithm>

namespace AutoCommit {

namespace {

/// `user.signingkey`: names the public key that the user signs with.
bool standsBehindGitsKeyId(QByteArrayView text, qsizetype begin)
{
    constexpr qsizetype longestLead = 24;
    const qsizetype from = std::max<qsizetype>(0, begin - longestLead);
    QByteArrayView before = text.sliced(from, begin - from);
    while (!before.isEmpty() && QByteArrayView(" \"'=").contains(before.back()))
        before.chop(1);
    return before.endsWith(".signingkey") || before.endsWith("\tsigningkey");
}

} // namespace

bool standsBehindHashMark(const Lexicon &lexicon, QByteArrayView text, qsizetype begin)
{
    constexpr qsizetype longestMark = 16;
    const qsizetype from = std::max<qsizetype>(0, begin - longestMark);
    if (standsBehindGitsKeyId(text, begin))
        return true;
    return lexicon.section("hash-marks").hasEndOf(text.sliced(from, begin - from).toByteArray().toLower());
}

bool isInsideUrl(QByteArrayView text, qsizetype begin)
{
    constexpr qsizetype longestUrl = 300;
    constexpr ByteSet ends = Bytes::with(Bytes::space, "\"'`<>()");
    const qsizetype from = std::max<qsizetype>(0, begin - longestUrl);
    qsizetype at = begin;
    while (at > from && !ends.contains(text[at - 1]))
        --at;
    return text.sliced(at, begin - at).contains("://");
}

bool isKeyOfCache(QByteArrayView value)
{
    constexpr qsizetype shortestHash = 32;
    const qsizetype dash = value.lastIndexOf('-');
    const QByteArrayView words = value.first(std::max<qsizetype>(0, dash));
    const QByteArrayView hash = value.sliced(dash + 1);
    return dash > 1 && hash.size() >= shortestHash && std::all_of(hash.begin(), hash.end(), Bytes::isHexDigit)
        && std::all_of(words.begin(), words.end(), [](char c) { return Bytes::isLower(c) || c == '-' || c == '_'; });
}

} // namespace AutoCommit
