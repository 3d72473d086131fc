#include "core/engine/grouping.h"
#include "tests/core/engine/enginesupport.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestGrouping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingMakesNoCommit();
    void oneFileIsOneCommit();
    void aCoherentChangeStaysWhole();
    void unrelatedChangesComeApart();
    void theOrderOfTheFilesDoesNotMatter();
    void everyFileIsInExactlyOneGroup();
    void bondsAlwaysHold_data();
    void bondsAlwaysHold();
    void anEqualNameIsNoBondByItself();
    void anExplanationNamesTheSharedIdentifier();
    void anExplanationCountsCommonCommits();
    void anExplanationSaysWhyFilesAreApart();
    void groupsCarryReasons();
    void hugeChangesStayWhole();
    void pastDiffsAreReadOnlyWhereTheyCount();
    void controlCharactersAreLeftOutOfSentences();
    void anImportGluesNothing();
    void threeCommitsAreNoHabit();
    void withoutAPastUnrelatedEditsComeApart();
};

namespace {

FileChange parserSource()
{
    return changed("src/parser.cpp",
                   {"Header parseHeaderFields(const Bytes &raw)", "    const auto fields = splitHeaderFields(raw);",
                    "    return buildHeader(fields, strictMode);"},
                   {"Header parseHeader(const Bytes &raw)", "    return buildHeader(raw);"});
}

FileChange parserUser()
{
    return changed(
        "src/mailbox.cpp",
        {"    const Header header = parseHeaderFields(message.raw);", "    if (splitHeaderFields(raw).empty())"},
        {"    const Header header = parseHeader(message.raw);"});
}

FileChange parserHeader()
{
    return changed("src/parser.h",
                   {"Header parseHeaderFields(const Bytes &raw);", "Fields splitHeaderFields(const Bytes &);"},
                   {"Header parseHeader(const Bytes &raw);"});
}

FileChange icons()
{
    return changed("website/theme/colours.css", {".sidebar { background: #334455; }", ".sidebar a { color: teal; }"},
                   {".sidebar { background: #000000; }"});
}

FileChange workflow()
{
    return changed(".github/workflows/nightly.yml", {"      - uses: actions/checkout@v4"},
                   {"      - uses: actions/checkout@v3"});
}

History quietHistory()
{
    return historyOf(repeated(10,
                              {{"fix(parser): read folded lines", {"src/parser.cpp", "src/parser.h"}},
                               {"ci: newer runner", {".github/workflows/nightly.yml"}},
                               {"docs: colours", {"website/theme/colours.css"}},
                               {"feat(mail): flags", {"src/mailbox.cpp", "src/flags.cpp"}}}));
}

QList<ChangeGroup> grouped(const QList<FileChange> &files, const History &history)
{
    const auto groups = groupChanges({files}, history);
    return groups ? *groups : QList<ChangeGroup>();
}

} // namespace

void TestGrouping::nothingMakesNoCommit()
{
    const auto groups = groupChanges({}, {});
    QVERIFY(groups.ok());
    QVERIFY(groups->isEmpty());
}

void TestGrouping::oneFileIsOneCommit()
{
    const auto groups = grouped({parserSource()}, {});
    QCOMPARE(groups.size(), 1);
    QCOMPARE(groups[0].files, QList<qsizetype>{0});
    QCOMPARE(toSentence(groups[0].reasons.value(0)), u"the only file of the change"_s);
}

void TestGrouping::aCoherentChangeStaysWhole()
{
    const auto groups = grouped({parserSource(), parserHeader(), parserUser()}, quietHistory());
    QCOMPARE(groups.size(), 1);
}

void TestGrouping::unrelatedChangesComeApart()
{
    const auto groups = grouped({parserSource(), parserHeader(), workflow(), icons()}, quietHistory());
    QCOMPARE(groups.size(), 3);
    QCOMPARE(groups[0].files, QList<qsizetype>{2});
    QCOMPARE(groups[1].files, (QList<qsizetype>{0, 1}));
    QCOMPARE(groups[2].files, QList<qsizetype>{3});
}

void TestGrouping::theOrderOfTheFilesDoesNotMatter()
{
    const QList<FileChange> files{parserSource(), parserHeader(), parserUser(), workflow(), icons()};
    const History history = quietHistory();
    const auto asPaths = [](const QList<FileChange> &list, const QList<ChangeGroup> &groups) {
        QList<QList<QByteArray>> all;
        for (const ChangeGroup &group : groups) {
            QList<QByteArray> paths;
            for (const qsizetype i : group.files)
                paths.append(list[i].path);
            std::sort(paths.begin(), paths.end());
            all.append(paths);
        }
        return all;
    };
    const auto expected = asPaths(files, grouped(files, history));
    std::vector<int> order{0, 1, 2, 3, 4};
    do {
        QList<FileChange> shuffled;
        for (const int i : order)
            shuffled.append(files[i]);
        QCOMPARE(asPaths(shuffled, grouped(shuffled, history)), expected);
    } while (std::next_permutation(order.begin(), order.end()));
}

void TestGrouping::everyFileIsInExactlyOneGroup()
{
    const QList<FileChange> files{icons(), workflow(), parserUser(), parserHeader(), parserSource()};
    QList<qsizetype> seen;
    for (const ChangeGroup &group : grouped(files, {}))
        seen += group.files;
    std::sort(seen.begin(), seen.end());
    QCOMPARE(seen, (QList<qsizetype>{0, 1, 2, 3, 4}));
}

void TestGrouping::bondsAlwaysHold_data()
{
    QTest::addColumn<QByteArray>("one");
    QTest::addColumn<QByteArray>("other");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *one, const char *other, const char *sentence) {
        QTest::newRow(qPrintable(QLatin1StringView(one) + u" "_s + QLatin1StringView(other)))
            << QByteArray(one) << QByteArray(other) << QString::fromLatin1(sentence);
    };
    row("package.json", "package-lock.json", "manifest and its lock file");
    row("web/package.json", "pnpm-lock.yaml", "manifest and its lock file");
    row("Cargo.toml", "Cargo.lock", "manifest and its lock file");
    row("go.mod", "go.sum", "manifest and its lock file");
    row("src/gauge.h", "src/gauge.cpp", "header and source of the same name");
    row("include/gauge.hpp", "src/gauge.cc", "header and source of the same name");
    row("pkg/gauge.go", "pkg/gauge_test.go", "test of the same name");
    row("src/gauge.py", "tests/test_gauge.py", "test of the same name");
    row("src/Gauge.java", "test/GaugeTest.java", "test of the same name");
    row("app/gauge.component.ts", "app/gauge.component.html", "parts of one component, by their name");
}

void TestGrouping::bondsAlwaysHold()
{
    QFETCH(QByteArray, one);
    QFETCH(QByteArray, other);
    QFETCH(QString, sentence);
    // nothing in common but the names
    const ChangeSet change{{changed(one, {"alpha = beta(1);", "gamma delta"}),
                            changed(other, {"42 kilograms of straw"}), workflow(), icons()}};
    const auto groups = groupChanges(change, quietHistory());
    QVERIFY(groups.ok());
    QVERIFY(std::any_of(groups->begin(), groups->end(),
                        [](const ChangeGroup &g) { return g.files.contains(0) && g.files.contains(1); }));
    const auto why = explainTogether(change, quietHistory(), 1, 0);
    QVERIFY(why.ok());
    QCOMPARE(why->value(0), sentence);
}

void TestGrouping::anEqualNameIsNoBondByItself()
{
    const QList<FileChange> files{changed("a/index.ts", {"x"}), changed("b/index.test.ts", {"y"}),
                                  changed("c/util.py", {"x"}), changed("d/test_util.py", {"y"})};
    std::vector<PathFacts> paths;
    for (const FileChange &file : files)
        paths.push_back(pathFacts(file.path));
    QVERIFY(findNuclei(files, paths).empty());
}

void TestGrouping::anExplanationNamesTheSharedIdentifier()
{
    const auto why = explainTogether({{parserSource(), parserUser(), workflow()}}, quietHistory(), 0, 1);
    QVERIFY(why.ok());
    QVERIFY2(std::any_of(why->begin(), why->end(), [](const QString &s) { return s.contains(u"HeaderFields`"_s); }),
             qPrintable(why->join(u"; "_s)));
}

void TestGrouping::anExplanationCountsCommonCommits()
{
    const History history
        = historyOf(repeated(5, {{"feat: both", {"a/one.py", "b/two.py"}}}) + QList<Past>{{"fix: one", {"a/one.py"}}});
    const ChangeSet change{
        {changed("a/one.py", {"total = sum(prices)"}), changed("b/two.py", {"total = sum(prices)"})}};
    const auto why = explainTogether(change, history, 0, 1);
    QVERIFY(why.ok());
    QVERIFY2(why->contains(u"changed together in 5 of 5 commits"_s), qPrintable(why->join(u"; "_s)));
}

void TestGrouping::anExplanationSaysWhyFilesAreApart()
{
    const History history = quietHistory();
    const auto grouper = Grouper::make({{parserSource(), workflow(), icons()}}, history);
    QVERIFY(grouper.ok());
    const QList<Reason> why = grouper->reasons(0, 1);
    QVERIFY(!why.isEmpty());
    QVERIFY(std::all_of(why.begin(), why.end(), [](const Reason &r) { return r.weight < 0; }));
    QVERIFY(std::any_of(why.begin(), why.end(), [](const Reason &r) { return r.kind == ReasonKind::NothingShared; }));
}

void TestGrouping::groupsCarryReasons()
{
    const auto groups = grouped({parserSource(), parserHeader(), workflow()}, quietHistory());
    const auto pair
        = std::find_if(groups.begin(), groups.end(), [](const ChangeGroup &g) { return g.files.size() == 2; });
    QVERIFY(pair != groups.end());
    QCOMPARE(pair->reasons.value(0).kind, ReasonKind::HeaderAndSource);
    QCOMPARE(pair->reasons.value(0).a, 0);
    QCOMPARE(pair->reasons.value(0).b, 1);
}

void TestGrouping::hugeChangesStayWhole()
{
    QList<FileChange> files;
    for (int i = 0; i <= largestCompared; ++i)
        files.append(changed("src/file" + QByteArray::number(i) + ".c", {"int x;"}));
    const auto groups = grouped(files, {});
    QCOMPARE(groups.size(), 1);
    QCOMPARE(groups[0].files.size(), files.size());
    QCOMPARE(groups[0].reasons.value(0).kind, ReasonKind::TooMany);
}

void TestGrouping::pastDiffsAreReadOnlyWhereTheyCount()
{
    QVERIFY(!needsPastDiffs({{parserSource()}}));
    QVERIFY(!needsPastDiffs({{parserSource(), parserHeader()}}));
    QVERIFY(needsPastDiffs({{parserSource(), workflow()}}));
}

void TestGrouping::controlCharactersAreLeftOutOfSentences()
{
    QCOMPARE(toSentence({.kind = ReasonKind::SharedName, .subject = "par\x1b[31mse"}), u"both change `par[31mse`"_s);
}

namespace {

QList<FileChange> unrelatedEdits()
{
    return {changed("config.json", {"  \"port\": 9090,"}, {"  \"port\": 8080,"}),
            changed(".github/workflows/ci.yml", {"    runs-on: ubuntu-22.04"}, {"    runs-on: ubuntu-20.04"}),
            changed("README.md", {"A small helper, nothing else."}, {"A smal helper, nothing else."}),
            changed("src/client.py",
                    {"def fetch(url, timeout=5, retries=3):", "    for _ in range(retries):",
                     "        r = requests.get(url, timeout=timeout)"},
                    {"def fetch(url, timeout=5):", "    r = requests.get(url, timeout=timeout)"}),
            changed("tests/test_client.py",
                    {"def test_fetch_retries():", "    assert fetch(\"http://localhost\", retries=1)"})};
}

QList<QByteArray> pathsOf(const QList<FileChange> &files)
{
    QList<QByteArray> paths;
    for (const FileChange &file : files)
        paths.append(file.path);
    return paths;
}

} // namespace

void TestGrouping::anImportGluesNothing()
{
    const History imported = historyOf({{"feat: start", pathsOf(unrelatedEdits()), 'A'}});
    const auto groups = grouped(unrelatedEdits(), imported);
    QVERIFY2(groups.size() >= 4, qPrintable(QString::number(groups.size())));
    for (const ChangeGroup &group : groups) // source and test may stay together, nothing else
        QVERIFY(group.files.size() == 1 || group.files == (QList<qsizetype>{3, 4}));
}

void TestGrouping::threeCommitsAreNoHabit()
{
    const History young = historyOf(repeated(3, {{"feat: all", pathsOf(unrelatedEdits())}}));
    QCOMPARE(grouped(unrelatedEdits(), young).size(), grouped(unrelatedEdits(), {}).size());
    QVERIFY(young.maturity() < 0.2);
    QCOMPARE(quietHistory().maturity(), 1.0);
}

void TestGrouping::withoutAPastUnrelatedEditsComeApart()
{
    const auto groups = grouped({changed("run.c", {"  return 2;"}, {"  return 1;"}),
                                 changed("Makefile", {"CFLAGS = -O2 -g"}, {"CFLAGS = -O2"}),
                                 changed("README.md", {"Texts."}, {"Text."})},
                                {});
    QVERIFY2(groups.size() >= 2, qPrintable(QString::number(groups.size())));
}

QTEST_APPLESS_MAIN(TestGrouping)
#include "tst_grouping.moc"
