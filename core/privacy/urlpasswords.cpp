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

bool isPasswordLike(const ScanKnowledge &knowledge, QByteArrayView user, QByteArrayView password)
{
    if (password.compare(user, Qt::CaseInsensitive) == 0)
        return false;
    switch (knowledge.values.traitsOf(password).kind) {
    case ValueKind::Uuid:
    case ValueKind::Hex:
    case ValueKind::Random:
    case ValueKind::Password:
        return true;
    case ValueKind::Words:
    case ValueKind::Number:
        return password.size() >= 8 && !knowledge.values.placeholders().isPlaceholder(password, Doubt::Little);
    default:
        return false;
    }
}

} // namespace

void findUrlPassword(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype mark, Hits &hits)
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
    if (!password.isEmpty() && isPasswordLike(knowledge, userInfo.first(colon), password))
        hits.push_back(
            {.begin = begin + colon + 1, .end = begin + at, .rule = "url-password", .certainty = Certainty::Near});
}

} // namespace AutoCommit
