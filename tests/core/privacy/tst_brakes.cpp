#include "core/privacy/brakes.h"

#include <QTest>

using namespace AutoCommit;
using namespace Qt::StringLiterals;

class TestBrakes : public QObject
{
    Q_OBJECT

    static QList<BulkChange> many(int count, ChangeKind kind, const QByteArray &directory, qint64 size = 10)
    {
        QList<BulkChange> changes;
        for (int i = 0; i < count; ++i)
            changes.append({.path = directory + QByteArray::number(i), .kind = kind, .size = size});
        return changes;
    }

private Q_SLOTS:
    void ordinaryChangesPass()
    {
        QVERIFY(bulkHolds(many(2000, ChangeKind::Added, "src/"), 50).isEmpty());
        QVERIFY(bulkHolds(many(100, ChangeKind::Deleted, "src/"), 300).isEmpty());
        QVERIFY(bulkHolds(many(20, ChangeKind::ModeChanged, "src/"), 300).isEmpty());
        QVERIFY(bulkHolds(many(4, ChangeKind::Deleted, ""), 6).isEmpty());
        QVERIFY(bulkHolds({}, 0).isEmpty());
    }

    void tooManyNewFilesAreHeldAndTheirDirectoryNamed()
    {
        const auto changes = many(10, ChangeKind::Added, "src/") + many(2500, ChangeKind::Added, "web/cache/a/");
        const auto holds = bulkHolds(changes, 50);
        QCOMPARE(holds.size(), 1);
        QCOMPARE(holds[0].reason, BulkReason::NewFiles);
        QCOMPARE(holds[0].directories, QByteArrayList{"web/cache/a"});
        QCOMPARE(holds[0].ignoreLines, QByteArrayList{"/web/cache/a/"});
        QVERIFY(holds[0].explanation.contains(u"2510"_s));
    }

    void filesSpreadOverSeveralDirectoriesNameWhatTheyHaveInCommon()
    {
        const auto changes = many(1200, ChangeKind::Added, "out/a/") + many(1200, ChangeKind::Added, "out/b/");
        QCOMPARE(bulkHolds(changes, 50)[0].ignoreLines, QByteArrayList{"/out/"});
    }

    void tooManyNewBytesAreHeld()
    {
        const auto holds = bulkHolds(many(11, ChangeKind::Added, "data/", 10'000'000), 50);
        QCOMPARE(holds.size(), 1);
        QCOMPARE(holds[0].reason, BulkReason::NewBytes);
        QCOMPARE(holds[0].ignoreLines, QByteArrayList{"/data/"});
    }

    void massDeletionIsHeld_data()
    {
        QTest::addColumn<int>("deleted");
        QTest::addColumn<int>("tracked");
        QTest::addColumn<BulkReason>("reason");
        QTest::newRow("more than a hundred") << 101 << 5000 << BulkReason::Deletions;
        QTest::newRow("more than half") << 6 << 11 << BulkReason::Deletions;
        QTest::newRow("everything") << 3 << 3 << BulkReason::EmptiedTree;
    }
    void massDeletionIsHeld()
    {
        QFETCH(int, deleted);
        QFETCH(int, tracked);
        QFETCH(BulkReason, reason);
        const auto holds = bulkHolds(many(deleted, ChangeKind::Deleted, ""), tracked);
        QCOMPARE(holds.size(), 1);
        QCOMPARE(holds[0].reason, reason);
        QCOMPARE(holds[0].files, deleted);
    }

    void aStormOfModesIsHeld()
    {
        const auto holds = bulkHolds(many(21, ChangeKind::ModeChanged, ""), 500);
        QCOMPARE(holds.size(), 1);
        QCOMPARE(holds[0].reason, BulkReason::ModeChanges);
    }

    void theLimitsAreParameters()
    {
        QCOMPARE(bulkHolds(many(3, ChangeKind::Added, "a/"), 50, {.newFiles = 2}).size(), 1);
        QVERIFY(bulkHolds(many(60, ChangeKind::Deleted, ""), 100, {.deletionPercent = 80}).isEmpty());
    }

    void everyReasonHasItsOwnName()
    {
        QSet<QString> names;
        for (const BulkReason reason : {BulkReason::NewFiles, BulkReason::NewBytes, BulkReason::Deletions,
                                        BulkReason::EmptiedTree, BulkReason::ModeChanges})
            names += bulkReasonName(reason);
        QCOMPARE(names.size(), 5);
        QVERIFY(!names.contains(QString()));
    }
};

QTEST_APPLESS_MAIN(TestBrakes)
#include "tst_brakes.moc"
