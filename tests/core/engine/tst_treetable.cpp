#include "core/engine/enginetables.h"
#include "core/engine/treetable.h"

#include <QTest>

using namespace AutoCommit;

class TestTreeTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rubbishIsRejected_data();
    void rubbishIsRejected();
    void aRowIsScoredByTheLeavesItReaches();
    void contributionsAddUpToTheScore();
    void eachOutputHasItsOwnTrees();
    void theShippedTablesAreSound();
};

namespace {

const QList<QByteArray> features{"likeness", "past"};
constexpr const char *small = "# about this table\n"
                              "outputs together\n"
                              "bias together -0.5\n"
                              "tree together (likeness<0.3 @0.2 -1 (past<2 @1.5 1 2))\n"
                              "tree together (past<1 @0 -.25 .25)\n";

} // namespace

void TestTreeTable::rubbishIsRejected_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray head = "outputs together\n";
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no trees") << head;
    QTest::newRow("no outputs") << QByteArray("tree together 1\n");
    QTest::newRow("an unknown word") << head + "forest together 1\n";
    QTest::newRow("an unknown output") << head + "tree apart 1\n";
    QTest::newRow("an unknown feature") << head + "tree together (colour<1 @0 1 2)\n";
    QTest::newRow("no threshold") << head + "tree together (past @0 1 2)\n";
    QTest::newRow("no mean") << head + "tree together (past<1 1 2)\n";
    QTest::newRow("a branch is missing") << head + "tree together (past<1 @0 1)\n";
    QTest::newRow("not closed") << head + "tree together (past<1 @0 1 2\n";
    QTest::newRow("something behind") << head + "tree together (past<1 @0 1 2) 3\n";
    QTest::newRow("not a number") << head + "tree together (past<1 @0 one 2)\n";
    QTest::newRow("not finite") << head + "tree together (past<1 @0 nan 2)\n";
    QTest::newRow("a bias without value") << head + "bias together\ntree together 1\n";
    QByteArray deep = "1";
    for (int i = 0; i < 1000; ++i)
        deep = "(past<1 @0 " + deep + " 2)";
    QTest::newRow("endless depth") << head + "tree together " + deep + "\n";
}

void TestTreeTable::rubbishIsRejected()
{
    QFETCH(QByteArray, text);
    QVERIFY(!TreeTable::parse(text, features).ok());
}

void TestTreeTable::aRowIsScoredByTheLeavesItReaches()
{
    const auto table = TreeTable::parse(small, features);
    QVERIFY(table.ok());
    QCOMPARE(table->score(std::array{0.1F, 0.0F}), -0.5 - 1 - 0.25);
    QCOMPARE(table->score(std::array{0.3F, 1.0F}), -0.5 + 1 + 0.25);
    QCOMPARE(table->score(std::array{0.9F, 2.0F}), -0.5 + 2 + 0.25);
}

void TestTreeTable::contributionsAddUpToTheScore()
{
    const auto table = TreeTable::parse(small, features);
    QVERIFY(table.ok());
    const std::array row{0.9F, 2.0F};
    const std::vector<double> shares = table->contributions(row);
    QCOMPARE(shares.size(), std::size_t{3});
    QVERIFY(qAbs(shares[0] + shares[1] + shares[2] - table->score(row)) < 1e-6);
    QVERIFY(qAbs(shares[0] - 1.3) < 1e-6); // from the mean of all to the mean of what is alike
    QVERIFY(qAbs(shares[1] - (0.5 + 0.25)) < 1e-6);
}

void TestTreeTable::eachOutputHasItsOwnTrees()
{
    const auto table = TreeTable::parse("outputs a b\nbias b 1\ntree a 2\ntree b 3\n", features);
    QVERIFY(table.ok());
    const std::array row{0.0F, 0.0F};
    QCOMPARE(table->score(row, 0), 2.0);
    QCOMPARE(table->score(row, 1), 4.0);
}

void TestTreeTable::theShippedTablesAreSound()
{
    QVERIFY(loadPairTable().ok());
    QVERIFY(loadMergeTable().ok());
    const auto types = loadTypeTable();
    QVERIFY(types.ok());
    QCOMPARE(types->outputs().size(), 10);
}

QTEST_APPLESS_MAIN(TestTreeTable)
#include "tst_treetable.moc"
