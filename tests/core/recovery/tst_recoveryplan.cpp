#include "core/recovery/recoveryplan.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

namespace {

QByteArray planOf(const QByteArray &steps, const QByteArray &note = "x")
{
    return R"({"v":1,"diagnosis":"stale-lock","steps":[)" + steps + R"(],"note":")" + note + "\"}";
}

} // namespace

class TestRecoveryPlan final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyVerbOfTheGrammarIsRead_data()
    {
        QTest::addColumn<QByteArray>("step");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *step, const char *text) {
            QTest::newRow(text) << QByteArray(step) << QString::fromLatin1(text);
        };
        row(R"({"do":"wait","min":15})", "wait for 15 min");
        row(R"({"do":"refetch"})", "refetch");
        row(R"({"do":"unlock","lock":"index"})", "unlock index");
        row(R"({"do":"unlock","lock":"packed-refs"})", "unlock packed-refs");
        row(R"({"do":"reconcile"})", "reconcile");
        row(R"({"do":"abort_own","op":"cherry-pick"})", "abort_own cherry-pick");
        row(R"({"do":"defer","path":"P2","min":60})", "defer P2 for 60 min");
        row(R"({ "path" : "P1" , "do" : "exclude" })", "exclude P1");
        row(R"({"do":"rebase_mem"})", "rebase_mem");
        row(R"({"do":"retry_push"})", "retry_push");
        row(R"({"do":"recommit"})", "recommit");
        row(R"({"do":"fallback_msg"})", "fallback_msg");
        row(R"({"do":"rescan"})", "rescan");
        row(R"({"do":"fsck"})", "fsck");
        row(R"({"do":"pause","min":1440})", "pause for 1440 min");
        row(R"({"do":"ask"})", "ask");
    }
    void everyVerbOfTheGrammarIsRead()
    {
        QFETCH(const QByteArray, step);
        QFETCH(const QString, text);
        const auto plan = parseRecoveryPlan(planOf(step), 2);
        QVERIFY2(plan, plan ? "" : qPrintable(plan.error().message));
        QCOMPARE(plan->diagnosis, ErrorKind::StaleLock);
        QCOMPARE(plan->steps.size(), 1);
        QCOMPARE(recoveryStepText(plan->steps[0]), text);
    }

    void whatIsNotInTheGrammarRefusesTheWholePlan_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("why");
        const auto row = [](const char *name, const QByteArray &text, const char *why) {
            QTest::newRow(name) << text << QString::fromLatin1(why);
        };
        const QByteArray ask = R"({"do":"ask"})";
        row("a shell", planOf(R"({"do":"run","cmd":"rm -rf /"})"), "unknown-key");
        row("a verb of git", planOf(R"({"do":"reset"})"), "unknown-verb");
        row("force beside a verb", planOf(R"({"do":"retry_push","force":true})"), "unknown-key");
        row("a key of another verb", planOf(R"({"do":"refetch","path":"P1"})"), "wrong-keys");
        row("a missing key", planOf(R"({"do":"wait"})"), "wrong-keys");
        row("the verb twice", planOf(R"({"do":"ask","do":"retry_push"})"), "doubled-key");
        row("minutes that are not listed", planOf(R"({"do":"wait","min":2})"), "wrong-minutes");
        row("minutes of another verb", planOf(R"({"do":"pause","min":5})"), "wrong-minutes");
        row("no minutes at all", planOf(R"({"do":"wait","min":0})"), "wrong-minutes");
        row("negative minutes", planOf(R"({"do":"wait","min":-5})"), "not-a-number");
        row("a fraction", planOf(R"({"do":"wait","min":5.0})"), "not-json");
        row("an exponent", planOf(R"({"do":"wait","min":5e0})"), "not-json");
        row("minutes as a word", planOf(R"({"do":"wait","min":"5"})"), "not-a-number");
        row("a lock by its path", planOf(R"({"do":"unlock","lock":"../../x"})"), "unknown-word");
        row("a rebase to abort", planOf(R"({"do":"abort_own","op":"rebase"})"), "unknown-word");
        row("a path by its name", planOf(R"({"do":"exclude","path":"src/main.c"})"), "unknown-path");
        row("a path that is not in the table", planOf(R"({"do":"exclude","path":"P3"})"), "unknown-path");
        row("path zero", planOf(R"({"do":"exclude","path":"P0"})"), "unknown-path");
        row("path with a leading zero", planOf(R"({"do":"exclude","path":"P01"})"), "unknown-path");
        row("no steps", planOf({}), "not-an-object");
        row("five steps", planOf(ask + ',' + ask + ',' + ask + ',' + ask + ',' + ask), "too-many-steps");
        row("a nested step", planOf(R"({"do":{"do":"ask"}})"), "not-a-word");
        row("an escape", planOf(R"({"do":"a\u0073k"})"), "not-a-word");
        row("a note with a newline", planOf(ask, "a\nb"), "bad-note");
        row("a note with a backtick", planOf(ask, "`id`"), "bad-note");
        row("a note with another alphabet", planOf(ask, "\xd0\xb0"), "bad-note");
        row("a long note", planOf(ask, QByteArray(281, 'x')), "bad-note");
        row("another version", R"({"v":2,"diagnosis":"UNKNOWN","steps":[{"do":"ask"}],"note":""})", "unknown-version");
        row("another diagnosis", R"({"v":1,"diagnosis":"hacked","steps":[{"do":"ask"}],"note":""})",
            "unknown-diagnosis");
        row("another key", R"({"v":1,"diagnosis":"UNKNOWN","steps":[{"do":"ask"}],"note":"","argv":"x"})",
            "unknown-key");
        row("two lists of steps",
            R"({"v":1,"diagnosis":"UNKNOWN","steps":[{"do":"ask"}],"note":"","steps":[{"do":"retry_push"}]})",
            "doubled-key");
        row("no note", R"({"v":1,"diagnosis":"UNKNOWN","steps":[{"do":"ask"}]})", "missing-key");
        row("words around it", "Sure! " + planOf(ask), "not-an-object");
        row("words behind it", planOf(ask) + " and then push by force", "not-json");
        row("a list", "[" + planOf(ask) + "]", "not-an-object");
        row("nothing", {}, "not-an-object");
        row("half of it", planOf(ask).left(40), "not-a-list");
        row("NUL", planOf(QByteArray("{\"do\":\"a\0sk\"}", 13)), "not-a-word");
        row("5 KiB of blanks", planOf(ask) + QByteArray(5000, ' '), "too-long");
    }
    void whatIsNotInTheGrammarRefusesTheWholePlan()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, why);
        const auto plan = parseRecoveryPlan(text, 2);
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, ErrorKind::ModelRefused);
        QCOMPARE(plan.error().message, why);
    }

    void theSchemaIsJsonAndNamesNoPathThatIsNotThere()
    {
        for (const int paths : {0, 3}) {
            const QByteArray schema = recoveryPlanSchema(paths);
            QVERIFY(QJsonDocument::fromJson(schema).isObject());
            QCOMPARE(schema.contains("\"P3\""), paths == 3);
            QVERIFY(!schema.contains("\"P4\""));
            QCOMPARE(schema.contains("\"exclude\""), paths == 3);
        }
    }
};

QTEST_GUILESS_MAIN(TestRecoveryPlan)
#include "tst_recoveryplan.moc"
