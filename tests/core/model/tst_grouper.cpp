#include "core/model/grouper.h"

#include "tests/support/changes.h"
#include "tests/support/scriptedmodel.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestGrouper : public QObject
{
    Q_OBJECT

    const HandClock m_clock;
    const SecretScanner m_scanner;

    ModelTerms terms() const { return {.scanner = m_scanner, .until = m_clock.monotonic() + 10min}; }

    static ChangeSet sources(int count)
    {
        ChangeSet change;
        for (int i = 0; i < count; ++i)
            change.files.append(edited("src/file" + QByteArray::number(i) + ".cpp", {"old"}, {"new"}));
        return change;
    }
    static QList<QList<qsizetype>> eachAlone(const ChangeSet &change)
    {
        QList<QList<qsizetype>> groups;
        for (const qsizetype index : allFiles(change))
            groups.append(QList<qsizetype>{index});
        return groups;
    }

private Q_SLOTS:
    void anAnswerIsTakenOrSaysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("commits"); // numbers from 0, "0 1|2"
        QTest::addColumn<QString>("fault");
        QTest::newRow("plain") << uR"({"commits":[{"groups":[1,2],"why":"a"},{"groups":[3],"why":"b"}]})"_s
                               << u"0 1|2"_s << QString();
        QTest::newRow("thinking, prose and a fence")
            << u"<think>{\"commits\":[]}</think>Here:\n```json\n{\"commits\": [{\"groups\": [3, 1]}, {\"groups\": [2]}]}\n```"_s
            << u"2 0|1"_s << QString();
        QTest::newRow("numbers as words")
            << uR"({"commits":[{"groups":["1","2","3"],"why":""}]})"_s << u"0 1 2"_s << QString();
        QTest::newRow("other names") << uR"({"groups":[{"ids":[1]},{"ids":[2,3]}]})"_s << u"0|1 2"_s << QString();
        QTest::newRow("an empty commit beside")
            << uR"({"commits":[{"groups":[]},{"groups":[1,2,3]}]})"_s << u"0 1 2"_s << QString();
        QTest::newRow("missing") << uR"({"commits":[{"groups":[2]}]})"_s << QString() << u"are missing: 1, 3"_s;
        QTest::newRow("twice") << uR"({"commits":[{"groups":[1,2]},{"groups":[2,3]}]})"_s << QString()
                               << u"more than one commit: 2"_s;
        QTest::newRow("unknown") << uR"({"commits":[{"groups":[1,2,3,4,0]}]})"_s << QString()
                                 << u"no groups with these numbers: 4, 0"_s;
        QTest::newRow("nothing") << u"I would keep them apart."_s << QString() << u"missing: 1, 2, 3"_s;
        QTest::newRow("a list") << u"[[1],[2,3]]"_s << QString() << u"missing"_s;
        QTest::newRow("huge numbers") << uR"({"commits":[{"groups":[1e300,2.5,-1]}]})"_s << QString() << u"missing"_s;
    }
    void anAnswerIsTakenOrSaysWhatIsWrong()
    {
        QFETCH(QString, answer);
        QFETCH(QString, commits);
        QFETCH(QString, fault);
        const GroupAnswer read = readGroupAnswer(answer, 3);
        if (!fault.isEmpty()) {
            QVERIFY2(read.fault.contains(fault), qPrintable(read.fault));
            return;
        }
        QCOMPARE(read.fault, QString());
        QStringList texts;
        for (const QList<qsizetype> &commit : read.commits) {
            QStringList numbers;
            for (const qsizetype number : commit)
                numbers.append(QString::number(number));
            texts.append(numbers.join(u' '));
        }
        QCOMPARE(texts.join(u'|'), commits);
        QCOMPARE(read.why.size(), read.commits.size());
    }

    void everyFileIsInExactlyOneGroupAfterwards()
    {
        ScriptedModel model(
            oneByOne({said(uR"({"commits":[{"groups":[1,3],"why":"both"},{"groups":[2],"why":""}]})"_s)}));
        const ChangeSet change = sources(4);
        const auto writer = makeModelWriter(model, {{}, u"m"_s}, m_clock);
        const auto groups = writer->refineGroups({.change = change, .groups = {{0}, {1, 2}, {3}}}, terms());
        QVERIFY(groups);
        QCOMPARE(groups->groups, (QList<QList<qsizetype>>{{0, 3}, {1, 2}}));
        QCOMPARE(groups->why, (QStringList{u"both"_s, QString()}));
        QCOMPARE(groups->cost.calls, 1);
    }

    void aWrongAnswerIsAskedForAgainWithTheNumbers()
    {
        ScriptedModel model(
            oneByOne({said(uR"({"commits":[{"groups":[1]}]})"_s), said(uR"({"commits":[{"groups":[1,2]}]})"_s)}));
        const ChangeSet change = sources(2);
        const auto groups = makeModelWriter(model, {{}, u"m"_s}, m_clock)
                                ->refineGroups({.change = change, .groups = eachAlone(change)}, terms());
        QVERIFY(groups);
        QCOMPARE(groups->groups.size(), 1);
        QVERIFY(model.requests.at(1).messages.last().content.text().contains(u"missing: 2"_s));
    }

    void afterThreeWrongAnswersTheCallerDecides()
    {
        ScriptedModel model(oneByOne({said(u"no"_s)}));
        const ChangeSet change = sources(3);
        const auto groups = makeModelWriter(model, {{}, u"m"_s}, m_clock)
                                ->refineGroups({.change = change, .groups = eachAlone(change)}, terms());
        QVERIFY(!groups);
        QCOMPARE(groups.error().kind, ErrorKind::ModelRefused);
        QCOMPARE(model.requests.size(), 3);
    }

    void nobodyIsAskedWhereThereIsNoChoice_data()
    {
        QTest::addColumn<int>("files");
        QTest::newRow("one group") << 1;
        QTest::newRow("more than a model can count") << 13;
        QTest::newRow("tests, documentation and ci") << 0;
    }
    void nobodyIsAskedWhereThereIsNoChoice()
    {
        QFETCH(int, files);
        const ChangeSet change = files > 0
            ? sources(files)
            : ChangeSet{{added("tests/test_a.py", {"x"}), added("docs/a.md", {"y"}), added(".github/ci.yml", {"z"})}};
        ScriptedModel model(oneByOne({said(u"no"_s)}));
        const auto groups = makeModelWriter(model, {{}, u"m"_s}, m_clock)
                                ->refineGroups({.change = change, .groups = eachAlone(change)}, terms());
        QVERIFY(groups);
        QCOMPARE(groups->groups, eachAlone(change));
        QVERIFY(model.requests.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestGrouper)
#include "tst_grouper.moc"
