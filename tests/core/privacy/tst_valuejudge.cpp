#include "core/privacy/scanknowledge.h"
#include "tests/core/privacy/samples.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestValueJudge : public QObject
{
    Q_OBJECT

    std::shared_ptr<const ScanKnowledge> m_knowledge;

    ValueKind kindOf(QByteArrayView value) const { return m_knowledge->values.traitsOf(value).kind; }

private Q_SLOTS:
    void initTestCase() { m_knowledge = ScanKnowledge::load(); }

    void randomValuesAreSeenAsSuch_data()
    {
        QTest::addColumn<QByteArray>("alphabet");
        QTest::addColumn<int>("length");
        QTest::newRow("letters and digits, 20") << Samples::alnum.toByteArray() << 20;
        QTest::newRow("letters and digits, 40") << Samples::alnum.toByteArray() << 40;
        QTest::newRow("lower case and digits, 32") << "abcdefghijklmnopqrstuvwxyz0123456789"_ba << 32;
        QTest::newRow("capitals and digits, 26") << Samples::upperAlnum.toByteArray() << 26;
        QTest::newRow("base64, 44") << Samples::base64.toByteArray() << 44;
        QTest::newRow("hexadecimal, 32") << Samples::hexDigits.toByteArray() << 32;
        QTest::newRow("hexadecimal, 64") << Samples::hexDigits.toByteArray() << 64;
    }
    void randomValuesAreSeenAsSuch()
    {
        QFETCH(QByteArray, alphabet);
        QFETCH(int, length);
        QRandomGenerator random(3);
        int seen = 0;
        for (int i = 0; i < 500; ++i) {
            const ValueKind kind = kindOf(Samples::randomText(random, alphabet, length));
            seen += kind == ValueKind::Random || kind == ValueKind::Hex ? 1 : 0;
        }
        QVERIFY2(seen >= 485, qPrintable(u"%1 of 500"_s.arg(seen)));
    }

    void onlyKnownStoresOfSecretsAreReferredTo()
    {
        QCOMPARE(kindOf("vault:secret/data/db#password"), ValueKind::Reference);
        QCOMPARE(kindOf("ref+awsssm://prod/db"), ValueKind::Reference);
        QVERIFY(kindOf("mailer:Xk29fQ/7TzLw81") != ValueKind::Reference);
    }

    void otherValuesAreNotRandom_data()
    {
        QTest::addColumn<ValueKind>("kind");
        const auto rows = [](ValueKind kind, std::initializer_list<const char *> values) {
            for (const char *value : values)
                QTest::newRow(value) << kind;
        };
        rows(ValueKind::Words,
             {"getApplicationContext", "SECURITY_TOKEN_EXPIRED", "long-kebab-case-identifier-name",
              "Enter your password", "authenticationManagerBuilder", "application/x-www-form-urlencoded",
              "org.springframework.security.core", "AbstractSingletonProxyFactoryBean",
              "VK_FORMAT_PACKED_IMAGE_LAYOUT"});
        rows(ValueKind::Placeholder,
             {"changeme",
              "your-api-key-here",
              "${DB_PASSWORD}",
              "<your-token>",
              "{{ vault_password }}",
              "xxxxxxxxxxxx",
              "********",
              "%(password)s",
              "$TOKEN",
              "EXAMPLEKEY",
              "1234567890",
              "abcdefghijklmnop",
              "a1b2c3d4e5f6g7h8",
              "foobarfoobarfoobar",
              "test",
              "null",
              "000000000000000000",
              "REPLACE_WITH_TOKEN",
              "$(cat token)",
              "#{token}"});
        rows(ValueKind::Reference,
             {"/run/secrets/db_password", "./key.pem", "https://host/path", "arn:aws:iam::1:role/x",
              "1.2.840.113549.1.9.16", "std::string", "secrets.json", "10.0.0.1"});
        rows(ValueKind::Number, {"86400", "3600000"});
        rows(ValueKind::Nothing, {"", "abc"});
    }
    void otherValuesAreNotRandom()
    {
        QFETCH(ValueKind, kind);
        const ValueTraits traits = m_knowledge->values.traitsOf(QTest::currentDataTag());
        const ValueKind found = traits.kind;
        // A stand-in made of words may be taken for words: neither is a secret. Patterns are marked as made up.
        QVERIFY(found == kind || traits.madeUp || (kind == ValueKind::Placeholder && found == ValueKind::Words)
                || (kind == ValueKind::Reference && found == ValueKind::Words));
    }

    void encryptedAndHashedValuesAreNoSecrets()
    {
        QRandomGenerator random(5);
        for (const char *start :
             {"$2b$12$", "ENC[AES256_GCM,data:", "$argon2id$v=19$", "{cipher}", "{SSHA}", "vault:v1:"})
            QCOMPARE(kindOf(start + Samples::randomText(random, Samples::alnum, 40)), ValueKind::Encrypted);
    }

    void base64OfProseIsProse()
    {
        QCOMPARE(kindOf("this is only a short text for people"_ba.toBase64()), ValueKind::Words);
    }

    void aPublicKeyIsNotRandom()
    {
        QRandomGenerator random(9);
        const QByteArray key = QByteArray::fromHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
            + Samples::randomText(random, Samples::alnum, 64);
        QCOMPARE(kindOf(key.toBase64()), ValueKind::Words);
    }

    void aUuidIsAUuid()
    {
        QRandomGenerator random(6);
        QCOMPARE(kindOf(Samples::uuid(random)), ValueKind::Uuid);
        QCOMPARE(kindOf('{' + Samples::uuid(random) + '}'), ValueKind::Uuid);
    }
};

QTEST_APPLESS_MAIN(TestValueJudge)
#include "tst_valuejudge.moc"
