#include "core/privacy/assignment.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestAssignment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // NAME stands for the name, VALUE for the value; the value that is found has to be exactly VALUE.
    void theValueOfANameIsFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *title, const QByteArray &text) { QTest::newRow(title) << text; };
        row("env", "NAME=VALUE\nNEXT=1");
        row("env, quoted", "NAME=\"VALUE\"\n");
        row("shell export", "export NAME='VALUE'");
        row("ini", "NAME = VALUE");
        row("properties", "spring.NAME: VALUE");
        row("yaml", "  NAME: VALUE # comment");
        row("yaml, quoted", "  NAME: 'VALUE'");
        row("yaml, next line", "NAME:\n  VALUE\n");
        row("yaml, block", "NAME: |\n  VALUE\n");
        row("yaml, folded", "NAME: >-\n  VALUE\n");
        row("json", "{\"NAME\": \"VALUE\", \"x\": 1}");
        row("json, tight", "{\"NAME\":\"VALUE\"}");
        row("json in a string", "{\\\"NAME\\\": \\\"VALUE\\\"}");
        row("escaped line end behind it", "{\"a\": \"NAME=VALUE\\nB=true\"}");
        row("json name and value", "{\"name\": \"NAME\", \"value\": \"VALUE\"}");
        row("yaml name and value", "- name: NAME\n  value: VALUE\n");
        row("yaml name and value, quoted", "- name: NAME\n  value: \"VALUE\"\n");
        row("toml", "NAME = \"VALUE\"");
        row("xml element", "<NAME>VALUE</NAME>");
        row("xml element, next line", "<NAME>\n    VALUE\n</NAME>");
        row("xml attribute", "<db NAME=\"VALUE\"/>");
        row("xml key and value", "<add key=\"NAME\" value=\"VALUE\" />");
        row("xml named entry", "<entry key=\"NAME\">VALUE</entry>");
        row("hadoop property", "<name>NAME</name>\n  <value>VALUE</value>");
        row("plist", "<key>NAME</key>\n\t<string>VALUE</string>");
        row("namespace", "<ns:NAME>VALUE</ns:NAME>");
        row("dockerfile", "ENV NAME VALUE");
        row("dockerfile, new", "ENV NAME=VALUE");
        row("flag", "tool --NAME VALUE --other");
        row("flag with equals sign", "tool --NAME=VALUE");
        row("header", "NAME: VALUE");
        row("header with scheme", "NAME: Bearer VALUE");
        row("header in code", "headers = {'NAME': 'Bearer VALUE'}");
        row("header by call", "req.Header.Set(\"NAME\", \"Bearer VALUE\")");
        row("query", "https://host/path?NAME=VALUE&x=1");
        row("python", "NAME = 'VALUE'");
        row("python, type", "NAME: str = 'VALUE'");
        row("python, bytes", "NAME = b'VALUE'");
        row("python, raw", "NAME = r\"VALUE\"");
        row("python, triple quotes", "NAME = \"\"\"VALUE\"\"\"");
        row("python, environ", "os.environ['NAME'] = 'VALUE'");
        row("python, getenv", "os.getenv('NAME', 'VALUE')");
        row("python, keyword argument", "connect(user='u', NAME='VALUE')");
        row("python, brackets", "NAME = (\n    'VALUE'\n)");
        row("javascript", "const NAME = `VALUE`;");
        row("typescript", "private NAME: string = 'VALUE';");
        row("object", "{ NAME: 'VALUE' }");
        row("java", "String NAME = \"VALUE\";");
        row("java, setter", "config.setNAME(\"VALUE\");");
        row("java, property", "System.setProperty(\"NAME\", \"VALUE\");");
        row("java, wrapped", "NAME = new SecretKey(\"VALUE\");");
        row("c#", "string NAME = @\"VALUE\";");
        row("c++", "constexpr const char *NAME = \"VALUE\";");
        row("c++, array", "char NAME[] = \"VALUE\";");
        row("go", "NAME := \"VALUE\"");
        row("go, var", "var NAME string = \"VALUE\"");
        row("go, backticks", "NAME := `VALUE`");
        row("rust", "let NAME: &str = \"VALUE\";");
        row("rust, static", "const NAME: &'static str = \"VALUE\";");
        row("kotlin", "val NAME: String = \"VALUE\"");
        row("swift", "let NAME = \"VALUE\"");
        row("ruby hash", ":NAME => 'VALUE'");
        row("ruby, or", "NAME ||= 'VALUE'");
        row("php", "$NAME = 'VALUE';");
        row("php, append", "$NAME .= \"VALUE\"");
        row("php array", "'NAME' => 'VALUE',");
        row("php define", "define('NAME', 'VALUE');");
        row("perl", "my $NAME = \"VALUE\";");
        row("lua", "NAME = [[VALUE]]");
        row("terraform", "  NAME = \"VALUE\"");
        row("groovy", "NAME 'VALUE'");
        row("make", "NAME ?= VALUE");
        row("make, immediate", "NAME ::= VALUE");
        row("make, shell", "NAME :::= VALUE");
        row("powershell", "$env:NAME = \"VALUE\"");
        row("batch", "set NAME=VALUE");
        row("markdown table", "| NAME | VALUE |");
        row("markdown code", "`NAME`: `VALUE`");
        row("markdown bold", "**NAME:** VALUE");
        row("log", "[DEBUG] Using NAME=VALUE for it");
        row("prose", "the NAME is VALUE, keep it");
        row("connection string", "Server=x;NAME=VALUE;Database=y");
        row("netrc", "machine host login me NAME VALUE");
        row("r", "NAME <- \"VALUE\"");
        row("go, bytes", "var NAME = []byte(\"VALUE\")");
        row("cloudformation", "  NAME:\n    Type: String\n    Default: VALUE\n");
        row("clojure", "{:host \"a\" :NAME \"VALUE\"}");
        row("list", "NAME: [VALUE]");
        row("list of strings", "\"NAME\": [\"VALUE\"]");
    }
    void theValueOfANameIsFound()
    {
        QFETCH(QByteArray, text);
        const QByteArray name = "token";
        const QByteArray value = "Zk3xq9Lw7Tb2";
        text.replace("NAME", name).replace("VALUE", value);
        const qsizetype at = text.indexOf(name);
        const auto found = findAssignedValue(text, at, at + name.size());
        QVERIFY(found.has_value());
        QCOMPARE(text.mid(found->begin, found->end - found->begin), value);
    }

    void whereNothingIsAssignedNothingIsFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("end of text") << "token"_ba;
        QTest::newRow("member") << "token.value"_ba;
        QTest::newRow("scope") << "token::next"_ba;
        QTest::newRow("empty string") << "token = \"\";"_ba;
    }
    void whereNothingIsAssignedNothingIsFound()
    {
        QFETCH(QByteArray, text);
        const auto found = findAssignedValue(text, 0, 5);
        QVERIFY(!found || text.mid(found->begin, found->end - found->begin).trimmed().isEmpty()
                || !text.mid(found->begin, found->end - found->begin).contains('x'));
    }

    void onlyCallsWrapAValue_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("wrapped");
        QTest::newRow("bytes") << "token = []byte(\"x7y8\")"_ba << false;
        QTest::newRow("string") << "token = String::from(\"x7y8\")"_ba << false;
        QTest::newRow("call") << "token = decrypt(\"x7y8\")"_ba << true;
    }
    void onlyCallsWrapAValue()
    {
        QFETCH(QByteArray, text);
        const auto found = findAssignedValue(text, 0, 5);
        QVERIFY(found.has_value());
        QTEST(found->wrapped, "wrapped");
    }

    void theAttributesOfTheNextNameAreNotThisOnes()
    {
        const QByteArray text = "  token:\n    Type: String\n  Other:\n    Default: x7y8\n";
        const auto found = findAssignedValue(text, 2, 7);
        QVERIFY(!found || text.mid(found->begin, found->end - found->begin) != "x7y8");
    }

    void theRestOfTheLineIsKnown()
    {
        const QByteArray text = "token=a;b&c d \nnext";
        const auto found = findAssignedValue(text, 0, 5);
        QVERIFY(found.has_value());
        QCOMPARE(text.mid(found->begin, found->lineEnd - found->begin), "a;b&c d"_ba);
    }
};

QTEST_APPLESS_MAIN(TestAssignment)
#include "tst_assignment.moc"
