#include "core/privacy/filehints.h"
#include "core/privacy/secretscanner.h"
#include "tests/core/privacy/samples.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace AutoCommit;

class TestFileHints : public QObject
{
    Q_OBJECT

    /// Signed with HS256.
    static QByteArray webToken(const QByteArray &payload, const QByteArray &secret = "q7Lw3xZ9")
    {
        constexpr auto url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
        const QByteArray content
            = QByteArray(R"({"alg":"HS256","typ":"JWT"})").toBase64(url) + '.' + payload.toBase64(url);
        return content + '.'
            + QMessageAuthenticationCode::hash(content, secret, QCryptographicHash::Sha256).toBase64(url);
    }

private Q_SLOTS:
    void aPathSaysWhetherOnlyTestsUseAFile_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("fixture");
        QTest::addColumn<bool>("test");
        const auto row = [](const char *path, bool fixture, bool test) {
            QTest::newRow(path) << QByteArray(path) << fixture << test;
        };
        row("tests/a.py", true, true);
        row("pkg/server/api_test.go", true, true);
        row("src/__tests__/a.ts", true, true);
        row("src/a.spec.ts", true, true);
        row("src/ApiTest.java", true, true);
        row("App.Tests/Program.cs", true, true);
        row("spec/models/user_spec.rb", true, true);
        row("testdata/key.txt", true, true);
        row("load-test/.env", false, true); // what a test is run against may be real
        row("tests/staging.tfvars", false, true);
        row("pkg/.snapshots/list.json", true, true);
        row("src/page.test.tsx.snap", true, true);
        row("phpunit.xml.dist", true, true);
        row("benchmarks/parse.py", true, true);
        row("openapi/patches/a.yaml", false, true);
        row("docs/setup.txt", false, true);
        row("README.md", false, true);
        row("settings.example.ini", false, true);
        row("src/latest/a.py", false, false);
        row("contest/fastest.go", false, false);
        row("src/attestation.cpp", false, false);
        row("/tmp/tests/run7/app.py", false, false); // where a checkout lies says nothing
    }
    void aPathSaysWhetherOnlyTestsUseAFile()
    {
        QFETCH(QByteArray, path);
        QFETCH(bool, fixture);
        QFETCH(bool, test);
        const FileHints hints = fileHintsOf(path);
        QCOMPARE(hints.fixture, fixture);
        QCOMPARE(hints.test, test);
    }

    void oldCopiesOfConfigurationAreReadLikeIt()
    {
        QVERIFY(fileHintsOf("conf/app.ini.bak").configuration);
        QVERIFY(!fileHintsOf("conf/app.py").configuration);
    }

    void rustKeepsItsTestsBehindTheCode()
    {
        QRandomGenerator random(7);
        const QByteArray line
            = "const API_KEY: &str = \"" + Samples::randomText(random, Samples::hexDigits, 32) + "\";\n";
        const QByteArray tests = "#[cfg(test)]\nmod tests {\n";
        const SecretScanner scanner;
        QVERIFY(scanner.scan(tests + line + "}\n", {.path = "src/lib.rs"}).isEmpty());
        QVERIFY(!scanner.scan(line + tests + "}\n", {.path = "src/lib.rs"}).isEmpty());
        QVERIFY(!scanner.scan("#[cfg(test)]\nmod tests;\n" + line, {.path = "src/lib.rs"}).isEmpty());
        QVERIFY(!scanner.scan(tests + line + "}\n", {.path = "src/lib.py"}).isEmpty());
    }

    void testsMayMakeUpWeakSecretsButNoLiveOnes_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("alsoInTests");
        QRandomGenerator random(5);
        const auto some = [&](QByteArrayView of, qsizetype n) { return Samples::randomText(random, of, n); };
        QTest::newRow("a hash behind a name") << "api_key = \"" + some(Samples::hexDigits, 32) + "\"\n" << false;
        QTest::newRow("a random text in a list of values") << "INSERT INTO c VALUES ('password', 'aB3"
                + some(Samples::alnum, 61) + "');\n" << false;
        QTest::newRow("the key of an application") << "APP_KEY=base64:" + some(Samples::base64, 43) + "=\n" << false;
        QTest::newRow("a value of a Kubernetes secret")
            << "kind: Secret\ndata:\n  password: " + QByteArray("Kestrel!482x").toBase64() + "\n"
            << false;
        QTest::newRow("a private JSON web key") << "{\"kty\":\"EC\",\"x\":\"" + some(Samples::alnum, 43) + "\",\"d\":\""
                + some(Samples::alnum, 43)
                + "\"}\n" << false;
        QTest::newRow("a token of the web that is over") << "t = '" + webToken("{\"exp\":1600000000}") + "'\n" << false;
        QTest::newRow("a token of the web") << "t = '" + webToken("{\"exp\":99999999999}") + "'\n" << true;
        QTest::newRow("a token of the web, signed as in manuals")
            << "t = '" + webToken("{\"exp\":99999999999}", "secret") + "'\n"
            << false;
        QTest::newRow("a chosen password") << QByteArray("password = \"Kestrel!482x\"\n") << false;
        QTest::newRow("a random key") << "api_key = \"aB3" + some(Samples::alnum, 37) + "\"\n" << true;
        QTest::newRow("a token of a known form") << "t = \"glpat-" + some(Samples::alnum, 20) + "\"\n" << true;
        QTest::newRow("a private key") << "-----BEGIN RSA PRIVATE KEY-----\n" + some(Samples::base64, 64) + "\n"
                + some(Samples::base64, 64) + "\n-----END RSA PRIVATE KEY-----\n"
                                       << true;
    }
    void testsMayMakeUpWeakSecretsButNoLiveOnes()
    {
        QFETCH(QByteArray, line);
        QFETCH(bool, alsoInTests);
        const SecretScanner scanner;
        QVERIFY(!scanner.scan(line, {.path = "src/settings.py"}).isEmpty());
        QCOMPARE(!scanner.scan(line, {.path = "tests/settings.py"}).isEmpty(), alsoInTests);
    }
};

QTEST_APPLESS_MAIN(TestFileHints)
#include "tst_filehints.moc"
