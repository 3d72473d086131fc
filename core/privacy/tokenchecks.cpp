#include "core/privacy/tokenchecks.h"

#include "core/privacy/decoding.h"
#include "core/privacy/jsonwebtoken.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

quint32 crc32(QByteArrayView data)
{
    quint32 crc = 0xFFFFFFFF;
    for (const char c : data) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

/// GitHub's published format: the last six characters are the CRC-32 of the random part in base 62, zero padded.
/// A token made up for a test has no right checksum and is still reported, so a mismatch refutes nothing.
CheckVerdict checkCrc32Base62(QByteArrayView token)
{
    constexpr QByteArrayView digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const qsizetype underscore = token.indexOf('_');
    if (token.size() - underscore - 1 != 36)
        return CheckVerdict::Unknown;
    quint32 crc = crc32(token.sliced(underscore + 1, 30));
    std::array<char, 6> expected{};
    for (auto it = expected.rbegin(); it != expected.rend(); ++it) {
        *it = digits[static_cast<qsizetype>(crc % 62)];
        crc /= 62;
    }
    return std::equal(expected.begin(), expected.end(), token.end() - 6) ? CheckVerdict::Proven : CheckVerdict::Unknown;
}

CheckVerdict checkBasicAuth(QByteArrayView header)
{
    qsizetype begin = header.size();
    while (begin > 0 && (Bytes::alnum.contains(header[begin - 1]) || QByteArrayView("+/=").contains(header[begin - 1])))
        --begin;
    const QByteArray pair = decodeBase64(header.sliced(begin));
    const qsizetype colon = pair.indexOf(':');
    const bool printable = std::all_of(pair.begin(), pair.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return colon >= 0 && colon + 1 < pair.size() && printable ? CheckVerdict::Proven : CheckVerdict::Refuted;
}

} // namespace

CheckVerdict checkToken(TokenCheck check, QByteArrayView token)
{
    switch (check) {
    case TokenCheck::Crc32Base62:
        return checkCrc32Base62(token);
    case TokenCheck::Jwt:
        return checkJsonWebToken(token);
    case TokenCheck::BasicAuth:
        return checkBasicAuth(token);
    case TokenCheck::Base64Json:
    case TokenCheck::None:
        break;
    }
    return CheckVerdict::Unknown;
}

} // namespace AutoCommit
