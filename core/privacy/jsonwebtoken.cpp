#include "core/privacy/jsonwebtoken.h"

#include "core/privacy/decoding.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>

#include <array>
#include <chrono>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// With which jwt.io, the manuals of libraries and every local installation of Supabase sign.
constexpr std::array shownSecrets{"secret", "your-256-bit-secret", "a-string-secret-at-least-256-bits-long",
                                  "super-secret-jwt-token-with-at-least-32-characters-long"};

bool isExpired(QByteArrayView payload)
{
    const QJsonValue expiry = QJsonDocument::fromJson(decodeBase64(payload)).object()[u"exp"_s];
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return expiry.isDouble()
        && expiry.toDouble() < static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

bool isSignedWithShownSecret(QByteArrayView content, QByteArrayView signature)
{
    const QByteArray given = decodeBase64(signature);
    return std::any_of(shownSecrets.begin(), shownSecrets.end(), [&](const char *secret) {
        QMessageAuthenticationCode code(QCryptographicHash::Sha256, secret); // HS256
        code.addData(content.toByteArray());
        return code.result() == given;
    });
}

} // namespace

CheckVerdict checkJsonWebToken(QByteArrayView token)
{
    QByteArray inner;
    if (!token.contains('.')) {
        inner = decodeBase64(token);
        token = inner;
    }
    const qsizetype dot = token.indexOf('.');
    if (dot < 0)
        return CheckVerdict::Refuted;
    const QByteArray header = decodeBase64(token.first(dot));
    if (!header.trimmed().startsWith('{') || !header.contains('"'))
        return CheckVerdict::Refuted;
    const qsizetype lastDot = token.lastIndexOf('.');
    const QByteArray payload = decodeBase64(token.sliced(dot + 1, lastDot > dot ? lastDot - dot - 1 : 0));
    // The token that jwt.io shows everybody, and what is made of it.
    if (payload.contains("\"1234567890\"") || (payload.contains("\"John Doe\"") && payload.contains("1516239022")))
        return CheckVerdict::Refuted;
    // Supabase: what every local installation has, and what its documentation has web pages show.
    if (payload.contains("\"supabase-demo\"") || (payload.contains("\"supabase\"") && payload.contains("\"anon\"")))
        return CheckVerdict::Refuted;
    for (const char *issuer : {"example.com\"", "example.org\"", "example.net\""}) { // reserved by RFC 2606
        if (payload.contains("\"iss\"") && payload.contains(issuer))
            return CheckVerdict::Refuted;
    }
    // And those of the libraries' own manuals.
    for (const char *shown : {"{\"some\":\"payload\"}", "{\"foo\":\"bar\"}", "{\"hello\":\"world\"}"}) {
        if (QByteArray(payload).replace(' ', "") == shown)
            return CheckVerdict::Refuted;
    }
    return CheckVerdict::Proven;
}

bool isSpentJsonWebToken(QByteArrayView token)
{
    const qsizetype first = token.indexOf('.');
    const qsizetype last = token.lastIndexOf('.');
    if (!token.startsWith("eyJ") || first == last)
        return false;
    return isExpired(token.sliced(first + 1, last - first - 1))
        || isSignedWithShownSecret(token.first(last), token.sliced(last + 1));
}

void findJsonWebKey(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype quote, const FileHints &hints,
                    Hits &hits)
{
    qsizetype begin = quote + 3;
    while (begin < text.size() && begin < quote + 16 && !Bytes::alnum.contains(text[begin]))
        ++begin;
    qsizetype end = begin;
    while (end < text.size() && end < begin + 1024 && Bytes::base64.contains(text[end]))
        ++end;
    if (end - begin < 40 || hints.fixture)
        return;
    const qsizetype from = std::max<qsizetype>(0, quote - 2048);
    const QByteArrayView around = text.sliced(from, std::min<qsizetype>(4096, text.size() - from));
    const QByteArrayView key = text.sliced(begin, end - begin);
    const bool symmetric = text[quote + 1] == 'k';
    if (symmetric && !around.contains("\"oct\"")) // what `k` is elsewhere is no key
        return;
    if (symmetric && knowledge.values.placeholders().isPlaceholder(decodeBase64(key)))
        return;
    if (around.contains("kty") && text.sliced(quote, begin - quote).contains(':'))
        hits.push_back({.begin = begin, .end = end, .rule = "json-web-key", .certainty = Certainty::Proven});
}

} // namespace AutoCommit
