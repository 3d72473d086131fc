#include "core/privacy/scanreport.h"

#include <QJsonArray>
#include <QTest>

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

private Q_SLOTS:
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
