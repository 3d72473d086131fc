#include "core/privacy/decoding.h"

#include "core/privacy/byteset.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype sample = 24; ///< characters of a run that are decoded before the rest is

bool isText(QByteArrayView bytes)
{
    return !bytes.isEmpty() && std::all_of(bytes.begin(), bytes.end(), [](char c) {
        return (c >= ' ' && c <= '~') || c == '\n' || c == '\r' || c == '\t';
    });
}

bool isBase64(QByteArrayView run)
{
    while (run.endsWith('='))
        run.chop(1);
    return std::all_of(run.begin(), run.end(), [](char c) { return Bytes::base64.contains(c); });
}

QByteArray decodeHex(QByteArrayView run)
{
    return QByteArray::fromHex(QByteArray::fromRawData(run.data(), run.size()));
}

qsizetype percentEscapes(QByteArrayView run)
{
    qsizetype n = 0;
    for (qsizetype i = 0; i + 2 < run.size(); ++i)
        n += run[i] == '%' && Bytes::isHexDigit(run[i + 1]) && Bytes::isHexDigit(run[i + 2]) ? 1 : 0;
    return n;
}

/// Length octets of a DER element at `at`, moved past; false if they are impossible.
bool skipDerLength(const QByteArray &der, qsizetype &at)
{
    if (at >= der.size())
        return false;
    const auto first = static_cast<unsigned char>(der[at++]);
    if (first < 0x80)
        return first > 4;
    if (first != 0x81 && first != 0x82)
        return false;
    at += first - 0x80;
    return at < der.size();
}

} // namespace

QByteArray decodeBase64(QByteArrayView text)
{
    QByteArray plain = text.toByteArray();
    while (plain.endsWith('='))
        plain.chop(1);
    plain.replace('-', '+').replace('_', '/');
    const auto result = QByteArray::fromBase64Encoding(
        std::move(plain), QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    return result ? *result : QByteArray();
}

QByteArray decodedText(QByteArrayView run)
{
    const QByteArrayView head = run.first(std::min(run.size(), sample));
    const bool hex = run.size() % 2 == 0 && std::all_of(run.begin(), run.end(), Bytes::isHexDigit);
    if (hex && isText(decodeHex(head)))
        return decodeHex(run);
    if (isBase64(run) && isText(decodeBase64(head))) {
        const QByteArray text = decodeBase64(run);
        return isText(text) ? text : QByteArray();
    }
    if (percentEscapes(run) > 0)
        return QByteArray::fromPercentEncoding(run.toByteArray());
    return {};
}

DerKind derKindOf(QByteArrayView base64)
{
    if (!base64.startsWith('M') || base64.size() < 48)
        return DerKind::None;
    const QByteArray der = decodeBase64(base64.first(sample));
    qsizetype at = 1;
    if (der.isEmpty() || der[0] != 0x30 || !skipDerLength(der, at) || at + 2 >= der.size())
        return DerKind::None;
    if (der[at] == 0x30)
        return DerKind::Public;
    const bool version = der[at] == 0x02 && der[at + 1] == 1 && der[at + 2] <= 1;
    return version ? DerKind::PrivateKey : DerKind::None;
}

} // namespace AutoCommit
