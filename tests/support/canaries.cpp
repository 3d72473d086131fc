#include "tests/support/canaries.h"

#include "core/privacy/scanknowledge.h"
#include "tests/core/privacy/samples.h"

#include <algorithm>

namespace AutoCommit::Testing {

namespace {

QByteArray jwtPart(const QByteArray &json)
{
    return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

Canaries::Canaries(quint32 seed)
    : m_random(seed)
{
    const auto knowledge = ScanKnowledge::load();
    for (const TokenRule &rule : knowledge->rules.rules())
        addToken(rule);
    addOthers();
}

const Canary &Canaries::of(const QByteArray &family) const
{
    for (const QList<Canary> *list : {&m_all, &m_watched}) {
        const auto at = std::ranges::find(*list, family, &Canary::family);
        if (at != list->end())
            return *at;
    }
    qFatal("no canary of %s", family.constData());
}

void Canaries::watch(const QByteArray &family, const QByteArray &value)
{
    m_watched.append({family, value, value});
}

QByteArrayList Canaries::tellingByThemselves() const
{
    QByteArrayList values;
    for (const Canary &canary : m_all) {
        const QByteArray sentence = "drop " + canary.value;
        if (!m_scanner.redact(sentence).bytes().contains(canary.value))
            values += canary.value;
    }
    return values;
}

QByteArrayList Canaries::foundIn(const QByteArray &bytes) const
{
    QByteArrayList families;
    for (const Canary &canary : m_all + m_watched) {
        const QByteArray percent = canary.value.toPercentEncoding();
        QByteArray json = canary.value;
        json.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        if (bytes.contains(canary.value) || bytes.contains(percent) || bytes.contains(json))
            families += canary.family;
    }
    return families;
}

QByteArray Canaries::letters(qsizetype count)
{
    return Samples::randomText(m_random, Samples::alnum, count);
}

QByteArray Canaries::valueOf(const TokenRule &rule)
{
    if (rule.check == TokenCheck::BasicAuth)
        return "Authorization: Basic " + ("admin:" + letters(15)).toBase64();
    if (rule.check != TokenCheck::Jwt)
        return Samples::sampleOf(m_random, rule.shape.nodes());
    const QByteArray token
        = jwtPart("{\"alg\":\"HS256\"}") + '.' + jwtPart("{\"sub\":\"" + letters(20) + "\"}") + '.' + letters(43);
    return rule.shapeText.startsWith("ZXlK") ? token.toBase64(QByteArray::OmitTrailingEquals) : token;
}

/// A random value may look like a word now and then; a test needs one that is seen.
void Canaries::addToken(const TokenRule &rule)
{
    for (int attempt = 0; attempt < 40; ++attempt) {
        const QByteArray value = valueOf(rule);
        const QByteArray lead = rule.near.isEmpty() ? QByteArray("value") : rule.near.first();
        const QByteArray text = "first line\n" + lead + ": '" + value + "'\n";
        if (value.size() >= 12 && !m_scanner.scan(text, {.path = "conf/" + rule.id + ".txt"}).isEmpty()) {
            m_all.append({rule.id, text, value});
            return;
        }
    }
    m_unplanted += rule.id;
}

void Canaries::addOthers()
{
    const auto add = [&](const QByteArray &family, const QByteArray &lead, const QByteArray &value,
                         const QByteArray &rest = "\n") {
        m_all.append({family, lead + value + rest, value});
    };
    add("password", "db_password = \"", "Kestrel!" + letters(9), "\"\n");
    add("url", "postgres://app:", letters(18), "@db.corp.net/x\n");
    add("connection", "Server=db;User Id=app;Password=", letters(16), ";\n");
    add("curl", "curl -u me:", letters(18), " https://host.net\n");
    add("netrc", "machine host login me password ", letters(18));
    for (const QByteArray &kind :
         {QByteArray("RSA PRIVATE KEY"), QByteArray("OPENSSH PRIVATE KEY"), QByteArray("PGP PRIVATE KEY BLOCK")}) {
        QByteArrayList body;
        for (int i = 0; i < 8; ++i)
            body += Samples::randomText(m_random, Samples::base64, 64);
        const QByteArray text = "-----BEGIN " + kind + "-----\n" + body.join('\n') + "\n-----END " + kind + "-----\n";
        m_all.append({kind, text, body[4]}); // a part of it is a leak, too
    }
    add("PuTTY",
        "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: c\nPublic-Lines: 1\nAAAA\nPrivate-Lines: 1\n",
        Samples::randomText(m_random, Samples::base64, 64), "\nPrivate-MAC: 00\n");
    add("base64", "data: ", ("token=gl" + QByteArray("pat-") + letters(20)).toBase64());
    QByteArray wide;
    for (const char c : "api_token = \"" + letters(32) + "\"\r\n") {
        wide += c;
        wide += '\0';
    }
    m_all.append({"utf-16", "\xFF\xFE" + wide, wide.mid(30, 40)});
}

} // namespace AutoCommit::Testing
