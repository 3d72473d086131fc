#include "core/message/safety.h"
#include "core/message/withheld.h"
#include "tests/core/message/messagesupport.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Test;
using namespace AutoCommit::Wording;
using namespace Qt::StringLiterals;

namespace {

QString whole(const CommitMessage &message)
{
    return message.subject + u'\n' + message.body;
}

StyleProfile withBodies()
{
    StyleProfile style;
    style.subjects = 20;
    style.bodyShare = 1;
    return style;
}

/// What holds of every message, whatever the change.
void checkForm(const CommitMessage &message)
{
    QVERIFY2(!message.subject.isEmpty(), "empty subject");
    QVERIFY2(message.subject.size() <= 72, qPrintable(message.subject));
    QCOMPARE(message.subject, message.subject.simplified());
    for (const QChar c : message.subject)
        QVERIFY2(c.isPrint() || c.isSurrogate(), qPrintable(message.subject));
    for (const QString &line : message.body.split(u'\n', Qt::SkipEmptyParts)) {
        QVERIFY2(line.startsWith("- "_L1) || line.startsWith("  "_L1), qPrintable(line));
        for (const QChar c : line)
            QVERIFY2(c.isPrint() || c.isSurrogate(), qPrintable(line));
    }
}

} // namespace

/// Nothing hostile or secret in a diff or a path gets into a message.
class TestMessageSafety : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesOfCredentialsAreNotRepeated_data()
    {
        QTest::addColumn<QByteArray>("change");
        const auto row = [](const char *name, const char *change) { QTest::newRow(name) << QByteArray(change); };
        row("YAML", "== config.yaml\n db:\n-  password: autumn\n+  password: hunter2\n");
        row("YAML, quoted", "== config.yaml\n+api_key: \"hunter2\"\n");
        row("JSON", "== config.json\n-  \"clientSecret\": \"autumn\",\n+  \"clientSecret\": \"hunter2\",\n");
        row("TOML", "== app.toml\n+access_token = \"hunter2\"\n");
        row("TOML list", "== app.toml\n-tokens = [\"autumn\"]\n+tokens = [\"autumn\", \"hunter2\"]\n");
        row("INI", "== app.ini\n-password=autumn\n+password=hunter2\n");
        row("environment", "== .env.example\n-DB_PASSWORD=autumn\n+DB_PASSWORD=hunter2\n");
        row("Dockerfile", "== Dockerfile\n-ENV DB_PASSWORD autumn\n+ENV DB_PASSWORD hunter2\n");
        row("Make", "== Makefile\n-API_TOKEN = autumn\n+API_TOKEN = hunter2\n");
        row("shell", "== bin/run.sh\n-export API_TOKEN=autumn\n+export API_TOKEN=hunter2\n");
        row("flag", "== bin/run.sh\n-login --password autumn\n+login --password hunter2\n");
        row("workflow",
            "== .github/workflows/ci.yml\n-        run: login --token=autumn\n+        run: login "
            "--token=hunter2\n");
        row("C++ constant",
            "== src/a.cpp\n-const char *const adminPassword = \"autumn\";\n+const char *const "
            "adminPassword = \"hunter2\";\n");
        row("Python", "== a/b.py\n-PASSWORD = \"autumn\"\n+PASSWORD = \"hunter2\"\n");
        row("Python argument",
            "== a/b.py\n def go():\n-    connect(user=\"bob\", password=\"autumn\")\n+    "
            "connect(user=\"bob\", password=\"hunter2\")\n");
        row("JavaScript", "== src/a.js\n function f() {\n-  const token = 'autumn'\n+  const token = 'hunter2'\n");
        row("call",
            "== src/A.java\n   void f() {\n-    options.setPassword(\"autumn\");\n+    "
            "options.setPassword(\"hunter2\");\n");
        row("returned", "== src/a.ts\n function password() {\n-  return 'autumn'\n+  return 'hunter2'\n }\n");
        row("comment",
            "== src/a.cpp\n void f()\n {\n+    // handle logins while the password is hunter2 here\n+    "
            "go();\n");
        row("heading", "== README.md\n text\n+\n+## The password: hunter2\n+\n+Use it.\n");
        row("number", "== config.yaml\n-pin: 1111\n+pin: 848422\n");
        row("number in code", "== src/a.py\n-LOGIN_PIN = 1111\n+LOGIN_PIN = 848422\n");
        row("known key", "== src/a.py\n-region = \"eu\"\n+region = \"AKIAIOSFODNN7EXAMPLE\"\n");
        row("in a URL", "== config.yaml\n-proxy: none\n+proxy: http://bob:hunter2@a.example\n");
    }
    void valuesOfCredentialsAreNotRepeated()
    {
        QFETCH(QByteArray, change);
        for (const char *type : {"", "fix", "docs", "chore"}) {
            const CommitMessage message = describeAll(changeOf(change), QString::fromLatin1(type), {}, withBodies());
            checkForm(message);
            for (const char *value : {"hunter2", "autumn", "848422", "1111", "AKIA"})
                QVERIFY2(!whole(message).contains(QLatin1String(value)), qPrintable(whole(message)));
        }
    }

    void aChangedCredentialIsStillNamed()
    {
        const ChangeSet change = changeOf("== config.yaml\n-db_password: autumn\n+db_password: hunter2\n");
        QCOMPARE(describeAll(change, u"chore"_s).subject, u"chore: change db_password in config.yaml"_s);
    }

    void switchesAndReferencesAreNoCredentials()
    {
        QCOMPARE(
            describeAll(changeOf("== config.yaml\n-show_password: false\n+show_password: true\n"), u"chore"_s).subject,
            u"chore: set show_password to true in config.yaml"_s);
        QCOMPARE(
            describeAll(changeOf("== config.yaml\n-password_length: 8\n+password_length: 12\n"), u"chore"_s).subject,
            u"chore: set password_length to 12 in config.yaml"_s);
    }

    void credentialsAreKnownByTheirNames_data()
    {
        QTest::addColumn<bool>("credential");
        for (const char *name :
             {"password", "db_password", "DB_PASS", "apiKey", "API_KEY", "client-secret", "authToken", "private_key",
              "passphrase", "secret", "apikey", "signingKeys", "jwt_secret_test"})
            QTest::newRow(name) << true;
        for (const char *name : {"password_length", "key", "primary_key", "public_key", "pass", "keyboard", "tokenizer",
                                 "secretary", "passing", "bypass", ""})
            QTest::newRow(*name ? name : "nothing") << false;
    }
    void credentialsAreKnownByTheirNames()
    {
        QFETCH(bool, credential);
        const char *const tag = QTest::currentDataTag();
        QCOMPARE(namesCredential(qstrcmp(tag, "nothing") == 0 ? "" : tag), credential);
    }

    void hostileTextDoesNotBreakTheMessage_data()
    {
        QTest::addColumn<QByteArray>("change");
        const auto row = [](const char *name, const QByteArray &change) { QTest::newRow(name) << change; };
        row("escape sequences", "== README.md\n text\n+\n+## \x1b[31mRed\x1b[0m\x07 section\n+\n+More.\n");
        row("bidirectional", "== README.md\n text\n+\n+## Safe \xe2\x80\xaegnp.exe\n+\n+More.\n");
        row("zero width", "== README.md\n text\n+\n+## Pay\xe2\x80\x8bload name\n+\n+More.\n");
        row("broken UTF-8", "== README.md\n text\n+\n+## Bro\xff\xfeken heading\n+\n+More.\n");
        row("NUL", QByteArray("== src/a.py\n-x_value = 1\n+x_value = 2", 33) + '\0' + "\n");
        row("carriage returns", "== src/a.py\n-retry_limit = 1\r\n+retry_limit = 2\r\n");
        row("path with a line feed escape",
            "== src/a\x07\x1b"
            "b.cpp\n-int a = 1;\n+int a = 2;\n");
        row("path that is not UTF-8",
            "== src/gr\xfc\xdf"
            "e.txt\n-a b\n+c d\n");
        row("path of one long word", "== " + QByteArray(300, 'x') + ".txt\n-a b\n+c d\n");
        row("long folders", "== " + QByteArray("deep/").repeated(80) + "index.js|A\n+let a = 1\n");
        row("long new file", "== src/" + QByteArray(200, 'y') + ".cpp|A\n+int a = 1;\n");
        row("long name", "== src/a.cpp\n+int " + QByteArray(300, 'z') + "(int a)\n+{\n+  return 1;\n+}\n");
        row("long rename", "== " + QByteArray(150, 'b') + "|R " + QByteArray(150, 'a') + "\n");
        row("one long line", "== src/a.cpp\n-int a = 1;\n+int a = " + QByteArray("f(").repeated(3000) + ";\n");
        row("nothing behind test_", "== test_.py|A\n+a = 1\n");
        row("only dots", "== ...\n-a b\n+c d\n");
        row("unbalanced", "== src/a.js\n-x = ((((\n+x = ))))\n");
        row("only quotes", "== src/a.js\n-\"\"\"\n+'''\n");
    }
    void hostileTextDoesNotBreakTheMessage()
    {
        QFETCH(QByteArray, change);
        for (const char *type : {"", "feat", "fix", "docs"}) {
            checkForm(describeAll(changeOf(change), QString::fromLatin1(type), {}, withBodies()));
            checkForm(describeAll(changeOf(change), QString::fromLatin1(type), u"a-long-scope-of-thirty-signs-"_s));
        }
    }

    void textOfTheDiffBecomesNoTrailerAndNoCommand_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QString>("never");
        const auto row = [](const char *name, const char *change, const char *never) {
            QTest::newRow(name) << QByteArray(change) << QString::fromLatin1(never);
        };
        row("trailer in a change log",
            "== src/a.ts\n-x.go()\n+x.run()\n== CHANGELOG.md\n+- Signed-off-by: Eve "
            "<eve@a.example>\n",
            "\nSigned-off-by:");
        row("trailer behind a line feed", "== CHANGELOG.md\n+- Fix the thing well\\nSigned-off-by: Eve\n",
            "\nSigned-off-by:");
        row("trailer in a test title",
            "== src/a.ts\n-x.go()\n+x.run()\n== src/a.test.ts\n+  it('handles it\\n\\n"
            "Co-authored-by: Eve <e@a.example>', () => {\n",
            "\nCo-authored-by:");
        row("trailer in a heading", "== README.md\n text\n+\n+## Reviewed-by: Eve\n+\n+More.\n", "\nReviewed-by:");
        row("closing an issue", "== src/a.ts\n-x.go()\n+x.run()\n== CHANGELOG.md\n+- Closes #42 for good and all\n",
            "#42");
        row("closing an issue elsewhere",
            "== src/a.ts\n-x.go()\n+x.run()\n== CHANGELOG.md\n+- Fixes other/repo#42 for "
            "good\n",
            "#42");
        row("skipping the build", "== README.md\n text\n+\n+## Now [skip ci] please\n+\n+More.\n", "[skip ci]");
        row("link", "== README.md\n text\n+\n+## See https://a.example/x now\n+\n+More.\n", "://");
    }
    void textOfTheDiffBecomesNoTrailerAndNoCommand()
    {
        QFETCH(QByteArray, change);
        QFETCH(QString, never);
        for (const char *type : {"", "fix", "docs"}) {
            const CommitMessage message = describeAll(changeOf(change), QString::fromLatin1(type), {}, withBodies());
            checkForm(message);
            QVERIFY2(!whole(message).contains(never), qPrintable(whole(message)));
        }
        StyleProfile plain = withBodies();
        plain.convention = Convention::Plain;
        const QString subject = describeAll(changeOf(change), {}, {}, plain).subject;
        QVERIFY2(!subject.contains("-by:"_L1), qPrintable(subject)); // a subject of one trailer is read as one
    }

    void namesAndValuesAreShownOnlyWhenPlain_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("identifier") << QByteArray("parse_all") << u"parse_all"_s << u"parse_all"_s;
        QTest::newRow("variable") << QByteArray("$HOME") << u"HOME"_s << u"$HOME"_s;
        QTest::newRow("package") << QByteArray("@acme/cli-2") << u"@acme/cli-2"_s << u"@acme/cli-2"_s;
        QTest::newRow("number") << QByteArray("1.5") << u"1.5"_s << u"1.5"_s;
        QTest::newRow("quoted") << QByteArray("\"fast\"") << QString() << u"fast"_s;
        QTest::newRow("hex") << QByteArray("3f786850e387550fdab836ed7e6dc881") << QString() << QString();
        QTest::newRow("key") << QByteArray("ghp_abcdefghijklmnop") << QString() << QString();
        QTest::newRow("line feed") << QByteArray("a\nb") << QString() << QString();
        QTest::newRow("login in a URL") << QByteArray("http://a:b@c.example") << QString() << QString();
        QTest::newRow("marks alone") << QByteArray("--") << QString() << QString();
        QTest::newRow("nothing") << QByteArray() << QString() << QString();
    }
    void namesAndValuesAreShownOnlyWhenPlain()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, name);
        QFETCH(QString, value);
        QCOMPARE(safeName(text), name);
        QCOMPARE(safeValue(text), value);
    }
};

QTEST_APPLESS_MAIN(TestMessageSafety)
#include "tst_messagesafety.moc"
