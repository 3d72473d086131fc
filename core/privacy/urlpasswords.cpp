#include "core/privacy/urlpasswords.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype longestAuthority = 512;

QByteArrayView authorityOf(QByteArrayView text, qsizetype begin)
{
    constexpr ByteSet ends = Bytes::with(Bytes::space, "/\"'`<>\\|");
    qsizetype end = begin;
    while (end < text.size() && end < begin + longestAuthority && !ends.contains(text[end]))
        ++end;
    return text.sliced(begin, end - begin);
}

bool isForDocumentation(QByteArrayView host)
{
    return host.startsWith("example.") || host.contains(".example") || host.startsWith("host:")
        || host.startsWith("host/");
}

bool isPasswordLike(const ScanKnowledge &knowledge, QByteArrayView user, QByteArrayView password, bool strict)
{
    if (password.compare(user, Qt::CaseInsensitive) == 0)
        return false;
    const QByteArray plain = QByteArray::fromPercentEncoding(password.toByteArray());
    const ValueTraits traits = knowledge.values.traitsOf(plain);
    switch (traits.kind) {
    case ValueKind::Uuid:
    case ValueKind::Hex:
    case ValueKind::Random:
        return true;
    case ValueKind::Password:
        return !strict && plain.size() >= 5;
    case ValueKind::Words:
        if (plain.endsWith("pass") || plain.endsWith("password") || plain.endsWith("passwd")
            || plain.contains("secret"))
            return false; // mypass, dbpassword
        [[fallthrough]];
    case ValueKind::Number:
        return !strict && plain.size() >= 5 && !knowledge.values.placeholders().isPlaceholder(plain);
    default:
        return false;
    }
}

} // namespace

void findUrlPassword(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype mark, FileHints hints, Hits &hits)
{
    if (mark == 0 || !Bytes::alnum.contains(text[mark - 1]))
        return;
    const qsizetype begin = mark + 3;
    const QByteArrayView authority = authorityOf(text, begin);
    const qsizetype at = authority.lastIndexOf('@');
    if (at <= 0 || at + 1 >= authority.size())
        return;
    const QByteArrayView host = authority.sliced(at + 1);
    const char first = host.front();
    if (!Bytes::alnum.contains(first) && first != '[' && first != '$' && first != '{' && first != '%')
        return;
    const QByteArrayView userInfo = authority.first(at);
    const qsizetype colon = userInfo.indexOf(':');
    if (colon < 0) {
        const ValueTraits traits = knowledge.values.traitsOf(userInfo);
        const bool token = (traits.kind == ValueKind::Random || traits.kind == ValueKind::Hex) && traits.length >= 20;
        if (token && !host.contains("sentry"))
            hits.push_back({.begin = begin, .end = begin + at, .rule = "url-token", .certainty = Certainty::Named});
        return;
    }
    const QByteArrayView password = userInfo.sliced(colon + 1);
    const bool strict = hints.test || isForDocumentation(host);
    if (!password.isEmpty() && isPasswordLike(knowledge, userInfo.first(colon), password, strict))
        hits.push_back(
            {.begin = begin + colon + 1, .end = begin + at, .rule = "url-password", .certainty = Certainty::Near});
}

} // namespace AutoCommit
