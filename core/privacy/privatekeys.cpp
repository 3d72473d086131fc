#include "core/privacy/privatekeys.h"

#include "core/privacy/byteset.h"

#include <algorithm>

namespace AutoCommit {

namespace {

constexpr qsizetype longestKey = 32 * 1024;
constexpr qsizetype longestPutty = 8 * 1024; ///< RSA of 8192 bits
constexpr qsizetype leastMaterial = 40; ///< base64 characters; an Ed25519 key has 64

/// Base64 characters in what follows, outside of `Name: value` header lines, and how many of them differ.
struct Material
{
    qsizetype characters = 0;
    int distinct = 0;
};

bool isHeaderLine(QByteArrayView line)
{
    return line.contains(": ") && !line.contains('"') && !line.contains('\\'); // in JSON all is one line
}

Material materialOf(QByteArrayView body)
{
    Material material;
    ByteSet seen;
    qsizetype begin = 0;
    while (begin < body.size()) {
        qsizetype end = body.indexOf('\n', begin);
        if (end < 0)
            end = body.size();
        const QByteArrayView line = body.sliced(begin, end - begin);
        begin = end + 1;
        if (isHeaderLine(line))
            continue;
        qsizetype run = 0;
        for (qsizetype i = 0; i <= line.size(); ++i) {
            if (i < line.size() && Bytes::base64.contains(line[i])) {
                ++run;
                continue;
            }
            if (run >= 12) { // shorter ones are words
                material.characters += run;
                for (qsizetype j = i - run; j < i; ++j)
                    seen.add(line[j]);
            }
            run = 0;
        }
    }
    material.distinct = seen.size();
    return material;
}

bool report(QByteArrayView text, qsizetype begin, qsizetype bodyBegin, qsizetype end, Hits &hits)
{
    const Material material = materialOf(text.sliced(bodyBegin, end - bodyBegin));
    if (material.characters < leastMaterial || material.distinct < 10)
        return false;
    hits.push_back({.begin = begin, .end = end, .rule = "private-key", .certainty = Certainty::Proven});
    return true;
}

void findPem(QByteArrayView text, qsizetype marker, Hits &hits)
{
    const qsizetype from = std::max<qsizetype>(0, marker - 40);
    const qsizetype begin = text.sliced(from, marker - from).lastIndexOf("BEGIN ");
    if (begin < 0 || text.sliced(from + begin, marker - from - begin).contains('\n'))
        return;
    qsizetype bodyBegin = marker + 11; // PRIVATE KEY
    while (bodyBegin < text.size() && bodyBegin < marker + 24 && text[bodyBegin] != '\n' && text[bodyBegin] != '\\'
           && !(text[bodyBegin - 1] == '-' && text[bodyBegin] != '-'))
        ++bodyBegin;
    const QByteArrayView rest = text.sliced(bodyBegin, std::min(longestKey, text.size() - bodyBegin));
    const qsizetype next = rest.indexOf("-BEGIN ");
    const QByteArrayView own = next < 0 ? rest : rest.first(next);
    qsizetype end = own.indexOf("-END ");
    if (end < 0)
        end = next < 0 ? std::min<qsizetype>(rest.size(), 4096) : next;
    report(text, from + begin, bodyBegin, bodyBegin + end, hits);
}

void findPutty(QByteArrayView text, qsizetype marker, Hits &hits)
{
    const QByteArrayView rest = text.sliced(marker, std::min(longestPutty, text.size() - marker));
    const qsizetype lines = rest.indexOf("Private-Lines:");
    if (lines < 0)
        return;
    const qsizetype mac = rest.indexOf("Private-MAC", lines);
    const qsizetype end = mac < 0 ? rest.size() : mac;
    report(text, marker, marker + lines, marker + end, hits);
}

} // namespace

void findPrivateKey(QByteArrayView text, qsizetype marker, Hits &hits)
{
    if (Bytes::toLower(text[marker + 1]) == 'u')
        findPutty(text, marker, hits);
    else if (text.sliced(marker).startsWith("PRIVATE KEY") || text.sliced(marker).startsWith("OpenVPN Static key")
             || text.sliced(marker).startsWith("ARGO TUNNEL TOKEN"))
        findPem(text, marker, hits);
}

} // namespace AutoCommit
