#include "core/engine/scopehabit.h"
#include "core/engine/typing.h"
#include "tests/core/engine/enginesupport.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestTyping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pathsDecideWhereTheyCan_data();
    void pathsDecideWhereTheyCan();
    void probabilitiesAddUpToOne();
    void theRepositorysHabitsCount();
    void signsNameWhatTheVerdictRestsOn();
    void theScopeIsThatOfThePast();
    void newPlacesHaveTheScopeOfTheirFolder();
    void noScopeWhereThePastHasNone();
};

namespace {

History mixedHistory()
{
    return historyOf(repeated(8,
                              {{"feat(engine): more", {"src/engine.py"}},
                               {"fix(engine): less", {"src/engine.py", "src/gears.py"}},
                               {"docs: explain", {"docs/guide.md"}},
                               {"test: cover", {"tests/test_engine.py"}},
                               {"ci: runner", {".github/workflows/ci.yml"}},
                               {"refactor: tidy", {"src/gears.py"}}}));
}

} // namespace

void TestTyping::pathsDecideWhereTheyCan_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QStringList>("types");
    QTest::newRow("docs only") << QByteArray("docs/setup.md") << QStringList{u"docs"_s};
    QTest::newRow("readme only") << QByteArray("README.md") << QStringList{u"docs"_s};
    QTest::newRow("test only") << QByteArray("tests/test_gears.py") << QStringList{u"test"_s};
    QTest::newRow("workflow only") << QByteArray(".github/workflows/release.yml") << QStringList{u"ci"_s};
    QTest::newRow("lock only") << QByteArray("poetry.lock") << QStringList{u"chore"_s, u"build"_s};
}

void TestTyping::pathsDecideWhereTheyCan()
{
    QFETCH(QByteArray, path);
    QFETCH(QStringList, types);
    const ChangeSet change{{changed(path, {"name: something new here", "value: 3.4.5"}, {"value: 3.4.4"})}};
    for (const History &history : {History(), mixedHistory()}) {
        const auto verdict = classifyType(change, {0}, history);
        QVERIFY(verdict.ok());
        QVERIFY2(types.contains(verdict->name()), qPrintable(verdict->name()));
    }
}

void TestTyping::probabilitiesAddUpToOne()
{
    const auto verdict
        = classifyType({{changed("src/engine.py", {"def start(self):", "    return 1"})}}, {0}, mixedHistory());
    QVERIFY(verdict.ok());
    QVERIFY(qAbs(std::accumulate(verdict->probability.begin(), verdict->probability.end(), 0.0) - 1) < 1e-9);
    const auto ranked = verdict->ranked();
    QCOMPARE(ranked[0], verdict->type);
    QVERIFY(verdict->probability[static_cast<std::size_t>(ranked[0])]
            >= verdict->probability[static_cast<std::size_t>(ranked[1])]);
}

void TestTyping::theRepositorysHabitsCount()
{
    const ChangeSet change{{changed("config/limits.toml", {"upper = 40"}, {"upper = 30"})}};
    const History asChore
        = historyOf(repeated(40, {{"chore: limits", {"config/limits.toml"}}, {"fix: a", {"src/a.c"}}}));
    const History asFix = historyOf(repeated(40, {{"fix: limits", {"config/limits.toml"}}, {"chore: a", {"src/a.c"}}}));
    QCOMPARE(classifyType(change, {0}, asChore)->name(), u"chore"_s);
    QCOMPARE(classifyType(change, {0}, asFix)->name(), u"fix"_s);
}

void TestTyping::signsNameWhatTheVerdictRestsOn()
{
    const History history = mixedHistory();
    const auto typist = Typist::make(history);
    QVERIFY(typist.ok());
    const auto signs = typist->signs({{changed("docs/guide.md", {"Read this first."})}}, {0}, CommitType::Docs);
    QVERIFY(!signs.isEmpty());
    QVERIFY(signs.size() <= 5);
    for (qsizetype i = 1; i < signs.size(); ++i)
        QVERIFY(std::abs(signs[i - 1].weight) >= std::abs(signs[i].weight));
}

void TestTyping::theScopeIsThatOfThePast()
{
    const ChangeSet change{{changed("src/engine.py", {"x"}), changed("docs/guide.md", {"y"})}};
    QCOMPARE(usualScope(change, {0}, mixedHistory()), QByteArray("engine"));
    QCOMPARE(usualScope(change, {1}, mixedHistory()), QByteArray());
}

void TestTyping::newPlacesHaveTheScopeOfTheirFolder()
{
    const History history = historyOf(repeated(5,
                                               {{"fix(parser): more", {"src/parser/read.c", "src/parser/write.c"}},
                                                {"fix(net): more", {"src/net/socket.c"}}}));
    QCOMPARE(usualScope({{changed("src/parser/fresh.c", {"x"})}}, {0}, history), QByteArray("parser"));
}

void TestTyping::noScopeWhereThePastHasNone()
{
    QCOMPARE(usualScope({{changed("src/a.c", {"x"})}}, {0}, {}), QByteArray());
    const History plain = historyOf(repeated(5, {{"Fix the thing", {"src/a.c"}}}));
    QCOMPARE(usualScope({{changed("src/a.c", {"x"})}}, {0}, plain), QByteArray());
}

QTEST_APPLESS_MAIN(TestTyping)
#include "tst_typing.moc"
