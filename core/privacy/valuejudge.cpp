#include "core/privacy/valuejudge.h"

#include "core/privacy/byteset.h"
#include "core/privacy/decoding.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace AutoCommit {

namespace {

bool isUuid(QByteArrayView v)
{
    if (v.size() == 38 && v.front() == '{' && v.back() == '}')
        v = v.sliced(1, 36);
    if (v.size() != 36)
        return false;
    for (qsizetype i = 0; i < v.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? v[i] != '-' : !Bytes::isHexDigit(v[i]))
            return false;
    }
    return true;
}

/// Of Ethereum: public, where a private key has 64 digits.
bool isWalletAddress(QByteArrayView v)
{
    return v.size() == 42 && v.startsWith("0x") && std::all_of(v.begin() + 2, v.end(), Bytes::isHexDigit);
}

void countBytes(QByteArrayView v, ValueTraits &traits)
{
    ByteSet seen;
    for (const char c : v) {
        seen.add(c);
        traits.lower += Bytes::isLower(c) ? 1 : 0;
        traits.upper += Bytes::isUpper(c) ? 1 : 0;
        traits.digits += Bytes::isDigit(c) ? 1 : 0;
        traits.signs += Bytes::alnum.contains(c) ? 0 : 1;
    }
    traits.distinct = seen.size();
}

/// What Bitnami's kubeseal makes: the length of an RSA block (two bytes, 512 or 256), the block, the sealed value.
bool isSealed(QByteArrayView v)
{
    return v.size() > 200 && (v.startsWith("Ag") || v.startsWith("AQ")) && v[2] >= 'A' && v[2] <= 'D';
}

/// `vault:secret/data/db#password`, `op://…`, `ref+awsssm:…`: says where a secret is kept.
bool isSecretReference(QByteArrayView v)
{
    const qsizetype colon = v.indexOf(':');
    static constexpr std::array schemes{"vault",   "op",       "bws", "awssm",    "aws-sm", "awsssm",         "ssm",
                                        "gcpsm",   "gcp-sm",   "akv", "keyvault", "kms",    "secretsmanager", "doppler",
                                        "conjur",  "sops",     "bao", "openbao",  "pass",   "keyring",        "secret",
                                        "secrets", "infisical"};
    const auto plain = [&](QByteArrayView scheme) {
        return scheme.startsWith("ref+")
            || std::ranges::any_of(schemes, [&](const char *known) { return scheme == QByteArrayView(known); });
    };
    const auto path = [](char c) { return Bytes::word.contains(c) || QByteArrayView("/.-#:@").contains(c); };
    return colon >= 2 && colon <= 20 && v.sliced(colon).contains('/') && plain(v.first(colon))
        && std::all_of(v.begin() + colon, v.end(), path);
}

/// 1.2.3, v0.0.0-20260408192533-25e2208e0dc3
bool isVersion(QByteArrayView v)
{
    qsizetype at = v.startsWith('v') ? 1 : 0;
    int dots = 0;
    while (at < v.size() && (Bytes::isDigit(v[at]) || v[at] == '.'))
        dots += v[at++] == '.' ? 1 : 0;
    return dots >= 2 && (at == v.size() || v[at] == '-' || v[at] == '+' || v[at] == '_');
}

/// What versions a package may have: "<2.0.5|>=3,<3.0.3", "^1.2 || ~2.0".
bool isVersionRange(QByteArrayView v)
{
    const auto fits = [](char c) { return Bytes::isDigit(c) || QByteArrayView("<>=^~!*|,. -").contains(c); };
    qsizetype at = 0;
    while (at < v.size() && QByteArrayView("<>=^~!").contains(v[at]))
        ++at;
    return at > 0 && at < v.size() && Bytes::isDigit(v[at]) && v.contains('.') && std::all_of(v.begin(), v.end(), fits);
}

/// What a form asks of a field: "required|string|min:8|confirmed".
bool isValidationRule(QByteArrayView v)
{
    const auto fits
        = [](char c) { return Bytes::isLower(c) || Bytes::isDigit(c) || QByteArrayView("|:_,.").contains(c); };
    return v.contains('|') && Bytes::isLower(v.front()) && std::all_of(v.begin(), v.end(), fits);
}

/// Bytes of another character set, too few for a key: "\xC1\xD3\xC7".
bool isSpelledInBytes(QByteArrayView v)
{
    constexpr qsizetype escape = 4;
    constexpr qsizetype shortestKey = 16;
    if (v.size() % escape != 0 || v.size() / escape >= shortestKey)
        return false;
    for (qsizetype i = 0; i < v.size(); i += escape) {
        if (v[i] != '\\' || v[i + 1] != 'x')
            return false;
    }
    return true;
}

/// The curves of an SVG image: "304c-52.005-3.1l4.2".
bool isPathData(QByteArrayView v)
{
    const auto isSvg
        = [](char c) { return Bytes::isDigit(c) || QByteArrayView(".-,MmLlHhVvCcSsQqTtAaZz").contains(c); };
    const auto digits = std::count_if(v.begin(), v.end(), Bytes::isDigit);
    return v.count('.') + v.count('-') >= 2 && digits * 2 > v.size() && std::all_of(v.begin(), v.end(), isSvg);
}

/// `^[a-zA-Z0-9_-]+$`
bool isPattern(QByteArrayView v)
{
    return v.contains('[') && (v.contains("a-z") || v.contains("A-Z") || v.contains("0-9"));
}

bool hasSpace(QByteArrayView v)
{
    return std::any_of(v.begin(), v.end(), [](char c) { return Bytes::space.contains(c); });
}

} // namespace

ValueJudge::ValueJudge(const Lexicon &lexicon, const WordModel &words)
    : m_placeholders(lexicon)
    , m_words(words)
    , m_encryptedStarts(lexicon.section("encrypted-starts"))
    , m_referenceEnds(lexicon.section("reference-ends"))
    , m_referenceStarts(lexicon.section("reference-starts"))
    , m_publicStarts(lexicon.section("public-starts"))
{ }

/// Paths, URLs, file names, host names, code.
bool ValueJudge::isReference(QByteArrayView v) const
{
    constexpr qsizetype keyLength = 32;
    const bool base64 = v.contains('+') || v.endsWith('=')
        || (v.size() >= keyLength && v.count('/') <= 4 && !v.contains('.')
            && m_words.surprise(v) > 0.7 * static_cast<double>(v.size()));
    const bool path = v.startsWith("/") && !base64;
    return path || isPathData(v) || isPattern(v) || isVersionRange(v) || isValidationRule(v) || isSpelledInBytes(v)
        || v.startsWith("#/") || v.startsWith("./") || v.startsWith("../") || v.startsWith("~/") || v.contains("://")
        || v.contains("::") || v.contains("@sha256:") || v.startsWith("arn:") || v.startsWith("data:")
        || v.contains("->") || m_referenceEnds.hasEndOf(v) || m_referenceStarts.hasStartOf(v) || isSecretReference(v);
}

bool ValueJudge::isEncrypted(QByteArrayView v) const
{
    return m_encryptedStarts.hasStartOf(v) || isSealed(v)
        || m_encryptedStarts.hasStartOf(v.sliced(v.indexOf(':') + 1)); // user:$2y$…, as htpasswd writes it
}

bool ValueJudge::isKeptElsewhere(QByteArrayView value) const
{
    return !value.isEmpty() && (isEncrypted(value) || isReference(value));
}

ValueKind ValueJudge::kindOf(QByteArrayView v, const ValueTraits &t) const
{
    const bool hex = std::all_of(v.begin(), v.end(), Bytes::isHexDigit);
    const bool numeric = std::all_of(v.begin(), v.end(), [](char c) { return Bytes::isDigit(c) || c == '.'; });
    if (numeric)
        return t.digits == v.size() ? ValueKind::Number : ValueKind::Reference; // an OID, a version, an address
    if (hex && v.size() >= 16)
        return t.digits > 0 && t.distinct >= 6 ? ValueKind::Hex : ValueKind::Words;
    if (hasSpace(v))
        return ValueKind::Words;
    if (isVersion(v) || isWalletAddress(v))
        return ValueKind::Reference;
    const double perByte = t.surprise / static_cast<double>(v.size());
    if (v.size() >= 12 && perByte > 0.5 && t.surprise > 10)
        return ValueKind::Random;
    const auto count = [&](const ByteSet &set) {
        return std::count_if(v.begin(), v.end(), [&](char c) { return set.contains(c); });
    };
    constexpr ByteSet separators = Bytes::with({}, "-_./:");
    const bool strongSigns = t.signs > count(separators);
    const bool name = t.signs > 0 && !strongSigns && t.surprise <= 0;
    const bool mixed = (t.digits > 0 || strongSigns) && t.lower + t.upper > 0;
    return mixed && !name && v.size() >= 6 ? ValueKind::Password : ValueKind::Words;
}

/// Base64 of prose, or of a public key or certificate.
bool ValueJudge::isReadableInside(QByteArrayView v) const
{
    if (derKindOf(v) == DerKind::Public || m_publicStarts.hasStartOf(v))
        return true;
    const QByteArray text = decodedText(v);
    return text.size() >= 6 && (m_words.surprise(text) < 0 || m_placeholders.isPlaceholder(text));
}

double ValueJudge::entropyOf(QByteArrayView value)
{
    std::array<int, 256> counts{};
    for (const char c : value)
        ++counts[static_cast<unsigned char>(c)];
    const auto n = static_cast<double>(value.size());
    double entropy = 0;
    for (const int count : counts) {
        if (count > 0)
            entropy -= count / n * std::log2(count / n);
    }
    return entropy;
}

ValueTraits ValueJudge::traitsOf(QByteArrayView value) const
{
    constexpr qsizetype most = 256;
    const QByteArrayView v = value.first(std::min(value.size(), most));
    ValueTraits traits{.length = value.size()};
    if (v.size() < 4)
        return traits;
    countBytes(v, traits);
    traits.surprise = m_words.surprise(v);
    traits.kind = isUuid(v) ? ValueKind::Uuid : kindOf(v, traits);
    // Most values are words; only the others are worth the dearer questions.
    if (traits.kind <= ValueKind::Words)
        return traits;
    if (traits.kind == ValueKind::Uuid)
        traits.kind = traits.distinct > 6 ? ValueKind::Uuid : ValueKind::Placeholder;
    else if (isEncrypted(v))
        traits.kind = ValueKind::Encrypted;
    else if (isReference(v))
        traits.kind = ValueKind::Reference;
    else if (m_placeholders.isPlaceholder(v))
        traits.kind = ValueKind::Placeholder;
    else if (traits.kind == ValueKind::Random && isReadableInside(v))
        traits.kind = ValueKind::Words;
    traits.madeUp = traits.kind > ValueKind::Words && Placeholders::isMadeUp(v);
    return traits;
}

} // namespace AutoCommit
