#include "core/engine/scopehabit.h"
#include "core/engine/typing.h"
#include "tests/core/engine/enginesupport.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(AutoCommit::FileChange)

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
    void oneCommitIsNoScope();
    void theLastCommitsOfAYoungHistoryDoNotDecide_data();
    void theLastCommitsOfAYoungHistoryDoNotDecide();
    void plainFactsDecide_data();
    void plainFactsDecide();
    void tenCommitsOfSuchFilesMaySayOtherwise();
    void aFileThatWentIsNoFixOfAYoungHistory();
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
    // ... and not that of the folder beside it
    QCOMPARE(usualScope({{changed("src/lexer/fresh.c", {"x"})}}, {0}, history), QByteArray());
}

void TestTyping::noScopeWhereThePastHasNone()
{
    QCOMPARE(usualScope({{changed("src/a.c", {"x"})}}, {0}, {}), QByteArray());
    const History plain = historyOf(repeated(5, {{"Fix the thing", {"src/a.c"}}}));
    QCOMPARE(usualScope({{changed("src/a.c", {"x"})}}, {0}, plain), QByteArray());
}

void TestTyping::oneCommitIsNoScope()
{
    const ChangeSet change{{changed("docs/guide.md", {"x"})}};
    QCOMPARE(usualScope(change, {0}, historyOf({{"feat(server): all", {"src/server.py", "docs/guide.md"}}})),
             QByteArray());
    QCOMPARE(usualScope(change, {0}, historyOf(repeated(2, {{"docs(guide): more", {"docs/guide.md"}}}))),
             QByteArray("guide"));
    // ... but where path and commit give a thing the same name, it is that thing's name
    QCOMPARE(usualScope({{changed("src/server.py", {"x"})}}, {0},
                        historyOf({{"feat(server): all", {"src/server.py", "docs/guide.md"}}})),
             QByteArray("server"));
}

void TestTyping::theLastCommitsOfAYoungHistoryDoNotDecide_data()
{
    QTest::addColumn<QByteArray>("type");
    for (const char *type : {"style", "build", "perf", "ci"})
        QTest::newRow(type) << QByteArray(type);
}

void TestTyping::theLastCommitsOfAYoungHistoryDoNotDecide()
{
    QFETCH(QByteArray, type);
    const ChangeSet change{{changed("src/client.py", {"def get(url):", "    if not url:", "        return None"})}};
    const History young
        = historyOf({{type + ": tidy", {"src/client.py", "config.json"}}, {type + ": start", {"src/client.py"}, 'A'}});
    QCOMPARE(classifyType(change, {0}, young)->name(), classifyType(change, {0}, {})->name());
}

void TestTyping::plainFactsDecide_data()
{
    QTest::addColumn<FileChange>("file");
    QTest::addColumn<QStringList>("types");
    const QStringList build{u"build"_s};
    QTest::newRow("comment") << changed("lib/a.py", {"    # both are numbers"})
                             << QStringList{u"docs"_s, u"chore"_s, u"refactor"_s};
    QTest::newRow("remark behind code") << changed("lib/a.cpp", {"    run(x); // 8  twice"}, {"    run(x); // 7  once"})
                                        << QStringList{u"docs"_s, u"chore"_s, u"refactor"_s};
    QTest::newRow("rename") << changed("lib/a.py", {"def combine(a, b):", "    return combine(x, y)"},
                                       {"def helper(a, b):", "    return helper(x, y)"})
                            << QStringList{u"refactor"_s};
    QTest::newRow("rename in C") << changed("lib/a.c", {"static int combine(int a)"}, {"static int helper(int a)"})
                                 << QStringList{u"refactor"_s};
    QTest::newRow("requirements") << changed("requirements.txt", {"requests==2.31.0"}, {"requests==2.30.0"}) << build;
    QTest::newRow("package") << changed("package.json", {"\"react\": \"^18.3.1\""}, {"\"react\": \"^18.2.0\""})
                             << build;
    QTest::newRow("crate") << changed("Cargo.toml", {"serde = \"1.0.2\""}, {"serde = \"1.0.1\""}) << build;
    QTest::newRow("go") << changed("go.mod", {"require a.b/c v1.3.0"}, {"require a.b/c v1.2.0"}) << build;
    QTest::newRow("own version") << changed("package.json", {"  \"version\": \"1.1.0\","},
                                            {"  \"version\": \"1.0.0\","})
                                 << QStringList{u"chore"_s};
    QTest::newRow("makefile") << changed("Makefile", {"all:", "\ttrue"}, {}, ChangeKind::Added) << build;
    QTest::newRow("dockerfile") << changed("Dockerfile", {"FROM alpine"}, {}, ChangeKind::Added) << build;
    QTest::newRow("cmake") << changed("CMakeLists.txt", {"project(x)"}, {}, ChangeKind::Added) << build;
    QTest::newRow("ci") << changed(".github/workflows/ci.yml", {"runs-on: b"}, {"runs-on: a"}) << QStringList{u"ci"_s};
    QTest::newRow("test") << changed("tests/test_a.py", {"def test_x():"}) << QStringList{u"test"_s};
    QTest::newRow("docs") << changed("README.md", {"More."}) << QStringList{u"docs"_s};
    QTest::newRow("data") << changed("data.csv", {"b,2"}) << QStringList{u"chore"_s};
    QTest::newRow("log") << changed("run.log", {"error: x"}) << QStringList{u"chore"_s};
}

void TestTyping::plainFactsDecide()
{
    QFETCH(FileChange, file);
    QFETCH(QStringList, types);
    const History features = historyOf(repeated(6, {{"feat(lib): more", {"lib/a.py", file.path}}}));
    const History fixes = historyOf(repeated(40, {{"fix(lib): less", {"lib/a.py", "lib/b.py", file.path}}}));
    for (const History &history : {History(), features, fixes}) {
        const QString name = classifyType({{file}}, {0}, history)->name();
        QVERIFY2(types.contains(name), qPrintable(name));
    }
}

void TestTyping::tenCommitsOfSuchFilesMaySayOtherwise()
{
    const ChangeSet change{{changed("package.json", {"\"react\": \"^18.3.1\""}, {"\"react\": \"^18.2.0\""})}};
    const QList<Past> code = repeated(20, {{"feat: more", {"src/a.js"}}, {"fix: less", {"src/b.js"}}});
    const History chores = historyOf(repeated(20, {{"chore: bump", {"package.json"}}}) + code);
    QCOMPARE(classifyType(change, {0}, chores)->name(), u"chore"_s);
    const History few = historyOf(repeated(5, {{"chore: bump", {"package.json"}}}) + code);
    QCOMPARE(classifyType(change, {0}, few)->name(), u"build"_s);
}

void TestTyping::aFileThatWentIsNoFixOfAYoungHistory()
{
    const ChangeSet change{{changed("src/b.py", {}, {"def get():", "    return 1"}, ChangeKind::Deleted)}};
    for (const History &history : {History(), historyOf({{"fix: b", {"src/b.py"}}, {"feat: b", {"src/b.py"}}})}) {
        const CommitType type = classifyType(change, {0}, history)->type;
        QVERIFY(type == CommitType::Chore || type == CommitType::Refactor);
    }
}

QTEST_APPLESS_MAIN(TestTyping)
#include "tst_typing.moc"
