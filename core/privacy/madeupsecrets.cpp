#include "core/privacy/madeupsecrets.h"

#include "core/privacy/scanknowledge.h"

#include <QRandomGenerator>

namespace AutoCommit {

namespace {

constexpr QByteArrayView hexAlphabet = "0123456789abcdef";
constexpr QByteArrayView mixedAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr QByteArrayView base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

QByteArray randomText(QRandomGenerator &random, QByteArrayView alphabet, int length)
{
    QByteArray text;
    for (int i = 0; i < length; ++i)
        text += alphabet[random.bounded(static_cast<int>(alphabet.size()))];
    return text;
}

QByteArray randomMember(QRandomGenerator &random, const ByteSet &set)
{
    QByteArray members;
    set.forEach([&](char c) {
        if (Bytes::alnum.contains(c))
            members += c;
    });
    if (members.isEmpty())
        set.forEach([&](char c) { members += c; });
    return members.isEmpty() ? QByteArray() : members.mid(random.bounded(static_cast<int>(members.size())), 1);
}

QByteArray tokenOf(QRandomGenerator &random, const Shape::Sequence &nodes)
{
    QByteArray token;
    for (const Shape::Node &node : nodes) {
        for (int round = 0; round < node.min; ++round)
            token += node.choices.empty() ? randomMember(random, node.set) : tokenOf(random, node.choices.front());
    }
    return token;
}

} // namespace

QByteArrayList madeUpSecrets()
{
    QRandomGenerator random(1);
    QByteArrayList secrets;
    for (const int length : {16, 20, 32, 40, 64}) {
        for (const QByteArrayView alphabet : {hexAlphabet, mixedAlphabet, base32Alphabet})
            secrets += randomText(random, alphabet, length);
        for (const char *name : {"token", "password", "secret", "api_key"})
            secrets += QByteArray(name) + " = \"" + randomText(random, mixedAlphabet, length) + '"';
    }
    const std::shared_ptr<const ScanKnowledge> knowledge = ScanKnowledge::load();
    for (const TokenRule &rule : knowledge->rules.rules())
        secrets += tokenOf(random, rule.shape.nodes());
    return secrets;
}

} // namespace AutoCommit
