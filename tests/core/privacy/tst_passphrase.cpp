#include "core/privacy/scanknowledge.h"
#include "core/privacy/secretscanner.h"

#include <QTest>

using namespace AutoCommit;

class TestPassphrase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsWithSeparatorsArePassphrases_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("passphrase");
        const auto row = [](const char *value, bool is) { QTest::newRow(value) << QByteArray(value) << is; };
        row("correct-horse-battery-staple", true);
        row("hunter2-Correct-Horse-9x", true);
        row("Blue.Tractor.42", true);
        row("kettle_saddle_needle_butter", true);
        row("marble_x8f3k2q9", true);
        row("tundra-velvet", false); // two words are a name
        row("velvet-tundra-walnut", false); // so are three of small letters
        row("forgot-password-form-button", false);
        row("my-app-production-tls", false);
        row("user.profile.settings.title", false);
        row("utf8_general_ci", false);
        row("kettleSaddle-needleButter-tundraWalnut-42", false); // camel case
        row("kettle-saddle_needle-butter", false); // two kinds of separators
        row("kettle-saddle_needle-42", true);
        row("", false);
        row("-", false);
    }
    void wordsWithSeparatorsArePassphrases()
    {
        QFETCH(QByteArray, value);
        QFETCH(bool, passphrase);
        QCOMPARE(ScanKnowledge::load()->passphrases.isOne(value), passphrase);
    }

    void aPassphraseIsFoundBehindTheNameOfAPassword_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("found");
        const auto row = [](const char *text, const char *path, bool found) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(path) << found;
        };
        row("db_password: correct-horse-battery-staple\n", "config/prod.yaml", true);
        row("const password = 'willow9-Rocket-Raven-6g';\n", "src/a.js", true);
        row("PGPASSWORD='kettle.saddle.needle.butter' psql\n", "run.sh", true);
        row("CREATE USER svc WITH PASSWORD 'kettle-saddle-needle-butter';\n", "a.sql", true);
        row("curl -u svc:willow9-Rocket-Raven-6g https://h\n", "run.sh", true);
        row("requirepass willow9-Rocket-Raven-6g\n", "redis.conf", true);
        row("const password = 'willow9-Rocket-Raven-6g';\n", "tests/a.js", false); // made up there
        row("const label = 'willow9-Rocket-Raven-6g';\n", "src/a.js", false);
        row("MODULE_PASS(\"pre-isel-intrinsic-lowering\", X)\n", "src/a.def", false);
        row("passwordStrategy: 'bcrypt-sha-256-salted'\n", "src/a.js", false);
    }
    void aPassphraseIsFoundBehindTheNameOfAPassword()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, path);
        QFETCH(bool, found);
        QCOMPARE(!SecretScanner().scan(text, {.path = path}).isEmpty(), found);
    }
};

QTEST_APPLESS_MAIN(TestPassphrase)
#include "tst_passphrase.moc"
