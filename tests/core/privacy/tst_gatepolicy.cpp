#include "core/privacy/gitleaksfiles.h"
#include "core/privacy/inlineallow.h"
#include "core/privacy/secretscanner.h"
#include "tests/core/privacy/samples.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestGatePolicy : public QObject
{
    Q_OBJECT

    QByteArray m_value;
    QByteArray m_text;

    Finding only(const GatePolicy &policy, const QByteArray &path = "src/a.py") const
    {
        const Findings findings = SecretScanner(policy).scan(m_text, {.path = path});
        return findings.size() == 1 ? findings[0] : Finding{};
    }

    static RepositoryPolicy read(const QByteArray &toml)
    {
        const auto policy = readGitleaksConfig(toml);
        return policy ? policy.value() : RepositoryPolicy{};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QRandomGenerator random(73);
        m_value = Samples::randomText(random, Samples::alnum, 32);
        m_text = "# x\napi_token = \"" + m_value + "\"\n";
    }

    void aFalseAlarmIsThisValueEverywhereAndNoOther()
    {
        GatePolicy policy{.salt = "salt"};
        const Finding finding = only(policy);
        QVERIFY(finding.blocks());
        policy.falseAlarms = {finding.fingerprint};
        QCOMPARE(only(policy).allowance, Allowance::FalseAlarm);
        QCOMPARE(only(policy, "other/b.py").allowance, Allowance::FalseAlarm);
        policy.salt = "another";
        QVERIFY(only(policy).blocks());
    }

    void theFingerprintHoldsNothingOfTheValue()
    {
        const QByteArray print = only({.salt = "s"}).fingerprint;
        QVERIFY(print.startsWith("credential:"));
        QCOMPARE(print.size(), QByteArray("credential:").size() + 16);
    }

    void allowListsOfTheUserWork()
    {
        QCOMPARE(only({.allow = {{.paths = {"^src/"}}}}).allowance, Allowance::UserPolicy);
        QVERIFY(only({.allow = {{.paths = {"^lib/"}}}}).blocks());
        QCOMPARE(only({.allow = {{.regexes = {"^" + m_value.left(6)}}}}).allowance, Allowance::UserPolicy);
        QCOMPARE(only({.allow = {{.regexes = {"^api_token"}, .target = AllowRule::Target::Line}}}).allowance,
                 Allowance::UserPolicy);
        QCOMPARE(only({.allow = {{.stopWords = {m_value.mid(3, 8).toUpper()}}}}).allowance, Allowance::UserPolicy);
        QVERIFY(only({.allow = {{.paths = {"^src/"}, .regexes = {"nothing"}, .all = true}}}).blocks());
        QVERIFY(only({.allow = {{.rules = {"jwt"}, .paths = {"^src/"}}}}).blocks());
    }

    void rulesOfTheUserFindWhatOursDoNot()
    {
        const QByteArray text = "ticket ACME-1234-zz and ACME-9-q\n";
        GatePolicy policy{.rules = {{.id = "acme", .regex = "ACME-(\\d{4}-[a-z]+)", .keywords = {"acme"}}}};
        const Findings findings = SecretScanner(policy).scan(text);
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].rule, "user:acme"_ba);
        QCOMPARE(text.mid(findings[0].offset, findings[0].length), "1234-zz"_ba);
        policy.rules[0].path = "\\.cfg$";
        QVERIFY(SecretScanner(policy).scan(text, {.path = "a.txt"}).isEmpty());
        QCOMPARE(SecretScanner(policy).scan(text, {.path = "a.cfg"}).size(), 1);
    }

    void aPatternThatCannotBeReadIsComplainedAbout()
    {
        const SecretScanner scanner(GatePolicy{.rules = {{.id = "x", .regex = "(["}}});
        QCOMPARE(scanner.complaints().size(), 1);
        QVERIFY(SecretScanner().complaints().isEmpty());
    }

    void aRepositoryMayAddRulesAndNarrowAllowances()
    {
        GatePolicy policy{.repository = read("[[rules]]\nid = 'acme'\nregex = '''ACME-\\d{4}'''\nkeywords = ['ACME']\n"
                                             "[allowlist]\npaths = ['^fixtures/']\n")};
        QCOMPARE(SecretScanner(policy).scan("ACME-1234")[0].rule, "repository:acme"_ba);
        QCOMPARE(only(policy, "fixtures/a.py").allowance, Allowance::RepositoryPolicy);
        QVERIFY(only(policy, "src/a.py").blocks());
        policy.repository = read("[[allowlists]]\nregexes = ['" + m_value.left(10) + "']\n");
        QCOMPARE(only(policy).allowance, Allowance::RepositoryPolicy);
    }

    void aRepositoryCannotSwitchTheGateOff_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::newRow("every path") << "[allowlist]\npaths = ['.*']\n"_ba;
        QTest::newRow("nearly every path") << "[allowlist]\npaths = ['[a-z]']\n"_ba;
        QTest::newRow("every value") << "[allowlist]\nregexes = ['.+']\n"_ba;
        QTest::newRow("every letter") << "[[allowlists]]\nregexes = ['[A-Za-z0-9]{16,}']\n"_ba;
        QTest::newRow("every line") << "[allowlist]\nregexTarget = 'line'\nregexes = ['token']\n"_ba;
        QTest::newRow("empty pattern") << "[allowlist]\nregexes = ['']\npaths = ['x*']\n"_ba;
        QTest::newRow("every password's line") << "[allowlist]\nregexTarget = 'line'\nregexes = ['api_.*=']\n"_ba;
        QTest::newRow("values of one length") << "[allowlist]\nregexes = ['^[A-Za-z0-9]{32}$']\n"_ba;
        QTest::newRow("short word") << "[allowlist]\nstopwords = ['a']\n"_ba;
        QTest::newRow("disabled rules") << "[extend]\nuseDefault = false\ndisabledRules = ['credential']\n"_ba;
        QTest::newRow("commits") << "[allowlist]\ncommits = ['*']\n"_ba;
    }
    void aRepositoryCannotSwitchTheGateOff()
    {
        QFETCH(QByteArray, toml);
        QVERIFY(readGitleaksConfig(toml).ok());
        QVERIFY(only({.repository = read(toml)}).blocks());
    }

    void aRepositoryCannotAllowAFormatOfTokens_data()
    {
        QTest::addColumn<QByteArray>("toml");
        QTest::newRow("its form") << "[allowlist]\nregexes = ['ghp_[A-Za-z0-9]{36}']\n"_ba;
        QTest::newRow("its beginning") << "[allowlist]\nregexes = ['^ghp_']\n"_ba;
        QTest::newRow("a word for it") << "[allowlist]\nstopwords = ['GHP_']\n"_ba;
    }
    void aRepositoryCannotAllowAFormatOfTokens()
    {
        QFETCH(QByteArray, toml);
        QRandomGenerator random(74);
        const QByteArray text = "x = ghp_" + Samples::randomText(random, Samples::alnum, 36) + "\n";
        const Findings findings = SecretScanner(GatePolicy{.repository = read(toml)}).scan(text, {.path = "a.py"});
        QCOMPARE(findings.size(), 1);
        QVERIFY(findings[0].blocks());
    }

    void narrowAllowancesAddUp()
    {
        const GatePolicy policy{.repository = read("[[allowlists]]\npaths = ['^src/']\n[[allowlists]]\npaths = "
                                                   "['^lib/']\n[[allowlists]]\npaths = ['^config/']\n")};
        QCOMPARE(only(policy, "lib/a.py").allowance, Allowance::RepositoryPolicy);
        QVERIFY(only(policy, "config/a.py").blocks());
    }

    void wideAllowancesAreNamed()
    {
        const SecretScanner scanner(GatePolicy{.repository = read("[allowlist]\npaths = ['.*']\n")});
        QCOMPARE(scanner.complaints().size(), 1);
    }

    void ignoreFilesNamePlaces()
    {
        const auto places = readGitleaksIgnore("# c\nsrc/a.py:generic-api-key:2\n"
                                               "0123456789abcdef0123456789abcdef01234567:src/b.py:rule:2\n"
                                               "b:c.py:rule:7\nbroken\n");
        QCOMPARE(places.size(), 2);
        QCOMPARE(places[1].path, "b:c.py"_ba); // what is about one commit lets nothing new pass
        GatePolicy policy;
        policy.repository.ignored = places;
        QCOMPARE(only(policy).allowance, Allowance::RepositoryPolicy);
        QVERIFY(only(policy, "src/b.py").blocks());
    }

    void brokenTomlIsAnError() { QVERIFY(!readGitleaksConfig("[[rules").ok()); }

    void inlineCommentsCountForTheirRule_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("allowed");
        QTest::newRow("any rule") << "x # auto-commit:allow-secret"_ba << true;
        QTest::newRow("this rule") << "x // auto-commit:allow-secret=jwt"_ba << true;
        QTest::newRow("another rule") << "x // auto-commit:allow-secret=github-pat"_ba << false;
        QTest::newRow("another tool") << "x # gitleaks:allow"_ba << false;
    }
    void inlineCommentsCountForTheirRule()
    {
        QFETCH(QByteArray, line);
        QTEST(hasInlineAllow(line, "jwt"), "allowed");
    }

    void anInlineCommentIsCountedAsAFinding()
    {
        const Findings findings = SecretScanner().scan("api_token = \"" + m_value + "\" # auto-commit:allow-secret\n");
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].allowance, Allowance::Inline);
    }
};

QTEST_APPLESS_MAIN(TestGatePolicy)
#include "tst_gatepolicy.moc"
