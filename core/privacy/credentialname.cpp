#include "core/privacy/credentialname.h"

#include "core/privacy/byteset.h"

#include <algorithm>

namespace AutoCommit {

namespace {

bool isNumber(QByteArrayView word)
{
    return std::all_of(word.begin(), word.end(), Bytes::isDigit);
}

} // namespace

QList<QByteArray> wordsOfName(QByteArrayView name)
{
    QList<QByteArray> words;
    QByteArray word;
    const auto flush = [&] {
        if (!word.isEmpty())
            words.append(word);
        word.clear();
    };
    for (qsizetype i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (!Bytes::alnum.contains(c) && static_cast<unsigned char>(c) < 0x80) {
            flush();
            continue;
        }
        const bool afterLower = i > 0 && (Bytes::isLower(name[i - 1]) || Bytes::isDigit(name[i - 1]));
        const bool beforeLower = i + 1 < name.size() && Bytes::isLower(name[i + 1]);
        const bool afterUpper = i > 0 && Bytes::isUpper(name[i - 1]);
        if (Bytes::isUpper(c) && (afterLower || (afterUpper && beforeLower)))
            flush();
        word += Bytes::toLower(c);
    }
    flush();
    return words;
}

CredentialNames::CredentialNames(const Lexicon &lexicon)
    : m_neutral(lexicon.section("neutral"))
    , m_passwordEnds(lexicon.section("password-ends"))
    , m_secretEnds(lexicon.section("secret-ends"))
    , m_keyQualifiers(lexicon.section("key-qualifiers"))
    , m_publicQualifiers(lexicon.section("public-qualifiers"))
    , m_otherHeads(lexicon.section("other-heads"))
    , m_weakHeads(lexicon.section("weak-heads"))
    , m_providers(lexicon.section("providers"))
{ }

bool CredentialNames::isStrong(QByteArrayView word) const
{
    return m_passwordEnds.hasEndOf(word) || m_secretEnds.hasEndOf(word);
}

NameKind CredentialNames::classifyKey(const QList<QByteArray> &words) const
{
    if (words.size() < 2)
        return NameKind::Weak;
    const QByteArray &before = words[words.size() - 2];
    if (m_publicQualifiers.contains(before))
        return NameKind::Other;
    const bool strong = m_keyQualifiers.contains(before) || m_providers.contains(before) || isStrong(before);
    return strong ? NameKind::Strong : NameKind::Weak;
}

NameKind CredentialNames::classify(QByteArrayView name) const
{
    QList<QByteArray> words = wordsOfName(name);
    while (!words.isEmpty() && (m_neutral.contains(words.last()) || isNumber(words.last())))
        words.removeLast();
    if (words.isEmpty())
        return NameKind::None;
    if (words.last() == "id" && words.size() > 1 && words[words.size() - 2] == "secret")
        return NameKind::Strong; // HashiCorp Vault's secret_id is the secret half of an AppRole
    QByteArray last = words.last();
    while (Bytes::isDigit(last.back()))
        last.chop(1);
    if (m_otherHeads.contains(last) || m_otherHeads.contains(words.last()) || words.contains("public")
        || last.endsWith("pubkey") || last.endsWith("publickey"))
        return NameKind::Other;
    if (m_passwordEnds.hasEndOf(last) || last == "pass" || last == "pw")
        return NameKind::Password;
    if (last == "key" || last == "keys")
        return classifyKey(words);
    if (last.endsWith("key") && m_keyQualifiers.hasEndOf(QByteArrayView(last).chopped(3)))
        return NameKind::Strong; // storagekey, functionkey
    if (m_secretEnds.hasEndOf(last))
        return words.size() > 1 && m_publicQualifiers.contains(words[words.size() - 2]) ? NameKind::Other
                                                                                        : NameKind::Strong;
    const auto strong = [this](const QByteArray &word) { return word == "key" || isStrong(word); };
    if (m_weakHeads.contains(last) || std::any_of(words.begin(), words.end(), strong))
        return NameKind::Weak;
    return m_providers.contains(last) ? NameKind::Provider : NameKind::None;
}

} // namespace AutoCommit
