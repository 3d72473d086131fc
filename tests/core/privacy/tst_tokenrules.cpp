#include "core/privacy/scanknowledge.h"
#include "core/privacy/secretscanner.h"
#include "tests/core/privacy/samples.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

/// Every rule of the resources is tried with values made from its own form.
class TestTokenRules : public QObject
{
    Q_OBJECT

    std::shared_ptr<const ScanKnowledge> m_knowledge;
    SecretScanner m_scanner;

    /// A value of the rule's form that is random enough to be taken for a token, or that its check accepts.
    static QByteArray tokenFor(const TokenRule &rule, QRandomGenerator &random)
    {
        if (rule.check == TokenCheck::Jwt) {
            const auto part = [](const QByteArray &json) {
                return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
            };
            const QByteArray token = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.'
                + part("{\"sub\":\"" + Samples::randomText(random, Samples::alnum, 20) + "\"}") + '.'
                + Samples::randomText(random, Samples::alnum, 43);
            return rule.shapeText.startsWith("ZXlK") ? token.toBase64(QByteArray::OmitTrailingEquals) : token;
        }
        if (rule.check == TokenCheck::BasicAuth)
            return "Authorization: Basic " + ("admin:" + Samples::randomText(random, Samples::alnum, 15)).toBase64();
        return Samples::sampleOf(random, rule.shape.nodes());
    }

    static QByteArray inContext(const TokenRule &rule, const QByteArray &token)
    {
        return rule.near.isEmpty() ? "x " + token + " y\n" : rule.near.first() + ": '" + token + "'\n";
    }

private Q_SLOTS:
    void initTestCase() { m_knowledge = ScanKnowledge::load(); }

    void everyRuleIsComplete()
    {
        QSet<QByteArray> ids;
        for (const TokenRule &rule : m_knowledge->rules.rules()) {
            QVERIFY2(!ids.contains(rule.id), rule.id.constData());
            ids += rule.id;
            QVERIFY2(!rule.provider.isEmpty() && !rule.source.isEmpty() && !rule.description.isEmpty(),
                     rule.id.constData());
            for (const QByteArray &word : rule.near)
                QVERIFY2(!word.isEmpty() && word == word.toLower(), rule.id.constData());
        }
        QVERIFY(ids.size() > 500);
    }

    void everyFormIsFound_data()
    {
        QTest::addColumn<int>("index");
        const auto knowledge = ScanKnowledge::load();
        for (std::size_t i = 0; i < knowledge->rules.rules().size(); ++i)
            QTest::newRow(knowledge->rules.rules()[i].id.constData()) << static_cast<int>(i);
    }
    void everyFormIsFound()
    {
        QFETCH(int, index);
        const TokenRule &rule = m_knowledge->rules.rules()[static_cast<std::size_t>(index)];
        QRandomGenerator random(static_cast<quint32>(index) + 1);
        constexpr int rounds = 24;
        int found = 0;
        for (int round = 0; round < rounds; ++round) {
            const QByteArray text = inContext(rule, tokenFor(rule, random));
            found += m_scanner.scan(text).isEmpty() ? 0 : 1;
        }
        // A random value looks like a word or a repetition now and then.
        QVERIFY2(found >= rounds - 3, qPrintable(u"%1 of %2"_s.arg(found).arg(rounds)));
    }

    void aLetterInFrontOrBehindMakesItAnotherWord()
    {
        QRandomGenerator random(21);
        int tried = 0;
        for (const TokenRule &rule : m_knowledge->rules.rules()) {
            const bool plain
                = rule.check == TokenCheck::None && rule.near.isEmpty() && !rule.openLeft && !rule.openRight;
            const Shape::Node &last = rule.shape.nodes().back();
            const Shape::Node &first = rule.shape.nodes().front();
            if (!plain || !last.choices.empty() || last.min != last.max || last.max < 16 || first.max > 1)
                continue;
            const QByteArray token = Samples::sampleOf(random, rule.shape.nodes());
            for (const QByteArray &text : {"q" + token + ' ', ' ' + token + "q"}) {
                const Findings findings = m_scanner.scan(text);
                const bool same = std::any_of(findings.begin(), findings.end(),
                                              [&](const Finding &finding) { return finding.rule == rule.id; });
                QVERIFY2(!same, rule.id.constData());
            }
            ++tried;
        }
        QVERIFY(tried > 100);
    }

    void aFillerInPlaceOfTheRandomPartIsNoToken()
    {
        for (const QByteArray &text : {"gh" + "p_"_ba + QByteArray(36, 'x'), "gl" + "pat-"_ba + QByteArray(20, 'X'),
                                       "AK" + "IA"_ba + "IOSFODNN7" + "EXAMPLE", "SG" + "."_ba + QByteArray(22, '*')})
            QVERIFY2(m_scanner.scan(text).isEmpty(), text.constData());
    }

    /// A right checksum lets even a token pass for real whose random part looks made up.
    void aRightChecksumIsProof()
    {
        const QByteArray prefix = QByteArray("gh") + "p_";
        const QByteArray filler(30, '0');
        // CRC-32 of thirty zeros, from `python3 -c "import zlib; print(zlib.crc32(b'0' * 30))"`, in base 62.
        QVERIFY(m_scanner.scan(prefix + filler + QByteArray(6, '0')).isEmpty());
        QCOMPARE(m_scanner.scan(prefix + filler + "2C8GjS").size(), 1);
    }

    void theSampleTokenOfJwtIoPasses()
    {
        const auto part = [](const QByteArray &json) {
            return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        };
        const QByteArray header = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
        const QByteArray sample = part("{\"sub\":\"1234567890\",\"name\":\"John Doe\",\"iat\":1516239022}");
        const QByteArray real = part("{\"sub\":\"8812\",\"name\":\"Eve\",\"iat\":1516239022}");
        const QByteArray signature = ".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
        QVERIFY(m_scanner.scan("x " + header + '.' + sample + signature).isEmpty());
        QVERIFY(!m_scanner.scan("x " + header + '.' + real + signature).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestTokenRules)
#include "tst_tokenrules.moc"
