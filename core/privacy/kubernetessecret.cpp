#include "core/privacy/kubernetessecret.h"

#include "core/privacy/decoding.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype longestManifest = 16 * 1024;
constexpr ByteSet valueBytes = Bytes::with(Bytes::base64, "=");

/// The word behind "kind" is exactly Secret: not SecretStore, not ExternalSecret.
bool isSecretKind(QByteArrayView text, qsizetype kind)
{
    qsizetype at = kind + 4;
    while (at < text.size() && at < kind + 12 && QByteArrayView("\"': \t\\").contains(text[at]))
        ++at;
    const QByteArrayView rest = text.sliced(at);
    return rest.startsWith("Secret") && (rest.size() == 6 || !Bytes::alnum.contains(rest[6]));
}

/// The document around: between the `---` lines, as far as it is near.
QByteArrayView documentAround(QByteArrayView text, qsizetype kind)
{
    qsizetype begin = std::max<qsizetype>(0, kind - longestManifest);
    qsizetype end = std::min(text.size(), kind + longestManifest);
    const qsizetype before = text.sliced(begin, kind - begin).lastIndexOf("\n---");
    if (before >= 0)
        begin += before + 1;
    const qsizetype behind = text.sliced(kind, end - kind).indexOf("\n---");
    if (behind >= 0)
        end = kind + behind;
    return text.sliced(begin, end - begin);
}

/// A letter or dash stands directly before `at`.
bool endsName(QByteArrayView text, qsizetype at)
{
    return at > 0 && (Bytes::word.contains(text[at - 1]) || text[at - 1] == '-');
}

/// Whatever a secret holds is one, but user names, hosts and the like stand beside the passwords.
bool isValue(const ScanKnowledge &knowledge, QByteArrayView name, QByteArrayView value, const FileHints &hints)
{
    const Placeholders &placeholders = knowledge.values.placeholders();
    if (value.size() < 4 || placeholders.isPlaceholder(value))
        return false;
    const QByteArray decoded = decodeBase64(value);
    const bool text = decodedText(value).size() == decoded.size() && !decoded.isEmpty();
    const QByteArray plain = text ? decoded : value.toByteArray();
    if (placeholders.isPlaceholder(plain) || knowledge.publicValues.contains(plain))
        return false;
    if (plain.startsWith("-----BEGIN ")) // a key is found by its material
        return false;
    const NameKind kind = knowledge.names.classify(name);
    const ValueTraits traits = knowledge.values.traitsOf(plain);
    const bool identifies = traits.kind == ValueKind::Uuid || traits.kind == ValueKind::Hex;
    if (kind == NameKind::Other && identifies) // the id of a client, a checksum
        return false;
    if (hints.test && (traits.kind < ValueKind::Uuid || traits.kind == ValueKind::Password || traits.madeUp))
        return false;
    if (kind >= NameKind::Weak)
        return plain.size() >= 6;
    return traits.kind > ValueKind::Words && derKindOf(value) != DerKind::Public;
}

} // namespace

void findKubernetesSecret(const ScanKnowledge &knowledge, QByteArrayView text, qsizetype kind, const FileHints &hints,
                          Hits &hits)
{
    if (!isSecretKind(text, kind))
        return;
    const QByteArrayView document = documentAround(text, kind);
    const qsizetype offset = document.data() - text.data();
    for (qsizetype at = document.indexOf("ata"); at >= 0; at = document.indexOf("ata", at + 3)) {
        qsizetype i = at + 3;
        // data or stringData, not metadata
        const bool data
            = at > 0 && (document[at - 1] == 'D' || (document[at - 1] == 'd' && !endsName(document, at - 1)));
        while (i < document.size() && QByteArrayView("\"': \t\\{\r\n").contains(document[i]))
            ++i;
        if (!data || !document.sliced(at, i - at).contains(':'))
            continue;
        // Pairs of a name and a value, until something else comes.
        while (i < document.size()) {
            qsizetype nameEnd = i;
            while (nameEnd < document.size()
                   && (Bytes::word.contains(document[nameEnd]) || document[nameEnd] == '.' || document[nameEnd] == '-'))
                ++nameEnd;
            qsizetype begin = nameEnd;
            while (begin < document.size() && QByteArrayView("\"': \t\\").contains(document[begin]))
                ++begin;
            qsizetype end = begin;
            while (end < document.size() && valueBytes.contains(document[end]))
                ++end;
            if (nameEnd == i || begin == nameEnd || !document.sliced(nameEnd, begin - nameEnd).contains(':'))
                break;
            if (isValue(knowledge, document.sliced(i, nameEnd - i), document.sliced(begin, end - begin), hints))
                hits.push_back({.begin = offset + begin,
                                .end = offset + end,
                                .rule = "kubernetes-secret",
                                .certainty = Certainty::Named});
            i = end;
            while (i < document.size() && QByteArrayView("\"',\\ \t\r\n").contains(document[i]))
                ++i;
        }
    }
}

} // namespace AutoCommit
