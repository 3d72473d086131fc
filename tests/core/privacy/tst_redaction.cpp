#include "core/privacy/secretscanner.h"
#include "tests/core/privacy/samples.h"

#include <QTest>

#include <type_traits>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

// Whoever asks for a RedactedText cannot be given anything else.
static_assert(!std::is_constructible_v<RedactedText, QByteArray>);
static_assert(!std::is_constructible_v<RedactedText, QString>);
static_assert(!std::is_constructible_v<RedactedText, const char *>);
static_assert(!std::is_convertible_v<const char (&)[4], RedactedText>);

class TestRedaction : public QObject
{
    Q_OBJECT

    SecretScanner m_scanner;

private Q_SLOTS:
    void nothingOfASecretIsLeftAndTheShapeStays()
    {
        QRandomGenerator random(61);
        for (int round = 0; round < 60; ++round) {
            QByteArrayList values;
            QByteArray text;
            for (int i = 0; i < 30; ++i) {
                const QByteArray value = Samples::randomText(random, Samples::alnum, 20 + random.bounded(30)) + "7q4";
                switch (random.bounded(6)) {
                case 0:
                    text += "api_token: " + value + "\n";
                    break;
                case 1:
                    text += "x = {\"client_secret\":\t\"" + value + "\"}\r\n";
                    break;
                case 2:
                    text += "url = https://me:" + value + "@host/x\n";
                    break;
                case 3:
                    text += "secret_key=" + value + "\nand again, alone: " + value + "\n";
                    break;
                default:
                    text += "ordinary text, nothing to see\n";
                    continue;
                }
                values += value;
            }
            const QByteArray out = m_scanner.redact(text).bytes();
            QCOMPARE(out.size(), text.size());
            QCOMPARE(out.count('\n'), text.count('\n'));
            for (qsizetype i = 0; i < text.size(); ++i)
                QVERIFY(out[i] == text[i] || out[i] == '*');
            for (const QByteArray &value : std::as_const(values))
                QVERIFY2(!out.contains(value), value.constData());
            QVERIFY(m_scanner.scan(out).isEmpty());
            QVERIFY(out.contains("ordinary text, nothing to see") || !text.contains("ordinary"));
        }
    }

    void aKeyKeepsItsLines()
    {
        QRandomGenerator random(67);
        QByteArray text = "-----BEGIN PRIVATE KEY-----\n";
        for (int i = 0; i < 4; ++i)
            text += Samples::randomText(random, Samples::base64, 64) + '\n';
        text += "-----END PRIVATE KEY-----\nafter\n";
        const QByteArray out = m_scanner.redact(text).bytes();
        QCOMPARE(out.count('\n'), text.count('\n'));
        QVERIFY(out.endsWith("\nafter\n"));
        QVERIFY(!out.contains(text.mid(30, 20)));
    }

    void cleanTextStaysAsItIs()
    {
        const QByteArray text = "diff --git a/x b/x\n+hello = world()\n";
        QCOMPARE(m_scanner.redact(text).bytes(), text);
    }

    void allowancesDoNotLetASecretOut()
    {
        QRandomGenerator random(71);
        const QByteArray value = Samples::randomText(random, Samples::alnum, 32);
        const QByteArray line = "api_token = \"" + value + "\" # auto-commit:allow-secret\n";
        QVERIFY(!m_scanner.scan(line)[0].blocks());
        QVERIFY(!m_scanner.redact(line).bytes().contains(value));
    }

    void redactedTextIsPutTogetherFromOurOwnWords()
    {
        RedactedText prompt("Describe this change:\n");
        prompt += m_scanner.redact("+x = 1\n");
        QCOMPARE(prompt.bytes(), "Describe this change:\n+x = 1\n"_ba);
        QCOMPARE((RedactedText("a") + RedactedText("b")).bytes(), "ab"_ba);
    }
};

QTEST_APPLESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
