#include "core/privacy/scanreport.h"

#include <QJsonArray>
#include <QTest>
#include <QUrl>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestScanReport : public QObject
{
    Q_OBJECT

    static ScanSummary sample()
    {
        const Finding held{.rule = "github-pat",
                           .offset = 10,
                           .length = 40,
                           .line = 3,
                           .column = 7,
                           .preview = u"ghp_… (40 characters)"_s,
                           .fingerprint = "github-pat:0123456789abcdef"};
        Finding allowed = held;
        allowed.allowance = Allowance::Inline;
        return {.files = 12,
                .bytes = 3456,
                .told = {{.path = "src/a b.py", .findings = {held, allowed}, .name = {}},
                         {.path = "conf/.env",
                          .findings = {},
                          .name = {.verdict = PathVerdict::Secret, .reason = u"why"_s, .ignoreLine = "/conf/.env"}}}};
    }

    // What SARIF 2.1.0 (OASIS standard, section 3) requires of the objects that we write.

    static void checkMessage(const QJsonObject &message) { QVERIFY(!message[u"text"_s].toString().isEmpty()); }

    /// 3.28 to 3.30, 3.4: a location names its artifact by a URI reference, lines and columns count from 1.
    static void checkLocations(const QJsonArray &locations)
    {
        QVERIFY(!locations.isEmpty());
        for (const auto &location : locations) {
            const QJsonObject physical = location[u"physicalLocation"_s].toObject();
            const QString uri = physical[u"artifactLocation"_s][u"uri"_s].toString();
            QVERIFY(!uri.isEmpty() && QUrl(uri, QUrl::StrictMode).isValid() && QUrl(uri).isRelative());
            if (!physical.contains(u"region"_s))
                continue;
            QVERIFY(physical[u"region"_s][u"startLine"_s].toInt() >= 1);
            QVERIFY(physical[u"region"_s][u"startColumn"_s].toInt() >= 1);
        }
    }

    /// 3.27: a result has a message; its level, rule and suppressions are of a closed set.
    static void checkResult(const QJsonObject &result, const QStringList &rules)
    {
        checkMessage(result[u"message"_s].toObject());
        QVERIFY(QStringList({u"none"_s, u"note"_s, u"warning"_s, u"error"_s}).contains(result[u"level"_s].toString()));
        QVERIFY(rules.contains(result[u"ruleId"_s].toString()));
        checkLocations(result[u"locations"_s].toArray());
        for (const auto &suppression : result[u"suppressions"_s].toArray())
            QVERIFY(QStringList({u"inSource"_s, u"external"_s}).contains(suppression[u"kind"_s].toString()));
        const QJsonObject prints = result[u"partialFingerprints"_s].toObject();
        for (const auto &print : prints)
            QVERIFY(print.isString());
    }

    /// 3.20, 3.58: an invocation says whether it succeeded, a notification has a message.
    static void checkInvocation(const QJsonObject &invocation)
    {
        QVERIFY(invocation[u"executionSuccessful"_s].isBool());
        for (const auto &notice : invocation[u"toolExecutionNotifications"_s].toArray()) {
            checkMessage(notice[u"message"_s].toObject());
            checkLocations(notice[u"locations"_s].toArray());
        }
    }

    /// 3.13, 3.14, 3.18, 3.19, 3.49: a log has a version and runs, a run a tool, a tool a driver with a name and rules
    /// whose ids are there once.
    static void checkSarif(const QJsonObject &log)
    {
        QCOMPARE(log[u"version"_s].toString(), u"2.1.0"_s);
        QVERIFY(log[u"runs"_s].isArray());
        for (const auto &run : log[u"runs"_s].toArray()) {
            const QJsonObject driver = run[u"tool"_s][u"driver"_s].toObject();
            QVERIFY(!driver[u"name"_s].toString().isEmpty());
            QStringList rules;
            for (const auto &rule : driver[u"rules"_s].toArray())
                rules += rule[u"id"_s].toString();
            QVERIFY(!rules.contains(QString()));
            QCOMPARE(rules.removeDuplicates(), 0);
            QVERIFY(
                QStringList({u"utf16CodeUnits"_s, u"unicodeCodePoints"_s}).contains(run[u"columnKind"_s].toString()));
            for (const auto &invocation : run[u"invocations"_s].toArray())
                checkInvocation(invocation.toObject());
            QVERIFY(run[u"results"_s].isArray());
            for (const auto &result : run[u"results"_s].toArray())
                checkResult(result.toObject(), rules);
        }
    }

private Q_SLOTS:
    void sarifHasWhatTheStandardRequires_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path : {"src/a b.py", "a:b", "ä/ö.txt", "100%.txt", "#x?y=1", "\xff\xfe.bin", "new\nline"})
            QTest::newRow(path) << QByteArray(path);
    }
    void sarifHasWhatTheStandardRequires()
    {
        QFETCH(const QByteArray, path);
        ScanSummary summary = sample();
        summary.told[0].path = path;
        summary.unread.append({.path = path, .why = u"no permission"_s});
        checkSarif(scanToSarif(summary, u"1.2.3"_s));
    }

    void anEmptySarifIsWholeToo() { checkSarif(scanToSarif({}, u"1.2.3"_s)); }

    void jsonKeepsItsContract()
    {
        const QJsonObject json = scanToJson(sample());
        QCOMPARE(json[u"files"_s].toInt(), 12);
        QCOMPARE(json[u"bytes"_s].toInt(), 3456);
        QCOMPARE(json[u"allowed"_s].toInt(), 1);
        QCOMPARE(json[u"blocked_names"_s].toArray(), QJsonArray{u"conf/.env"_s});
        const QJsonObject finding = json[u"findings"_s].toArray().first().toObject();
        QCOMPARE(finding[u"path"_s].toString(), u"src/a b.py"_s);
        QCOMPARE(finding[u"line"_s].toInt(), 3);
        QCOMPARE(finding[u"rule"_s].toString(), u"github-pat"_s);
        QCOMPARE(finding[u"preview"_s].toString(), u"ghp_… (40 characters)"_s);
    }

    void sarifNamesRulesPlacesAndSuppressions()
    {
        const QJsonObject sarif = scanToSarif(sample(), u"1.2.3"_s);
        QCOMPARE(sarif[u"version"_s].toString(), u"2.1.0"_s);
        const QJsonObject run = sarif[u"runs"_s].toArray().first().toObject();
        const QJsonArray results = run[u"results"_s].toArray();
        QCOMPARE(results.size(), 3);
        QVERIFY(!results[0].toObject().contains(u"suppressions"_s));
        QCOMPARE(results[1].toObject()[u"suppressions"_s].toArray().first().toObject()[u"kind"_s].toString(),
                 u"inSource"_s);
        const QJsonObject physical
            = results[0].toObject()[u"locations"_s].toArray().first().toObject()[u"physicalLocation"_s].toObject();
        QCOMPARE(physical[u"artifactLocation"_s].toObject()[u"uri"_s].toString(), u"src/a%20b.py"_s);
        QCOMPARE(physical[u"region"_s].toObject()[u"startLine"_s].toInt(), 3);
        const QJsonArray rules = run[u"tool"_s].toObject()[u"driver"_s].toObject()[u"rules"_s].toArray();
        QCOMPARE(rules.size(), 2);
    }

    void theExitCodeTellsWhetherSomethingIsHeld()
    {
        ScanSummary summary = sample();
        QCOMPARE(summary.exitCode(), 1);
        summary.told.removeLast();
        summary.told[0].findings.removeFirst();
        QCOMPARE(summary.exitCode(), 0);
        QCOMPARE(ScanSummary{}.exitCode(), 0);
    }
};

QTEST_APPLESS_MAIN(TestScanReport)
#include "tst_scanreport.moc"
