#include "core/git/repolock.h"
#include "core/sync/rebase.h"
#include "core/sync/reconcile.h"
#include "core/sync/treemove.h"
#include "tests/support/temprepo.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 5'000'000'000;

/// main is at `from`; `to` is a commit on top of it that changes, adds, deletes and relinks.
struct Bench
{
    World world;
    TempRepo repo{world, u"r"_s};
    QByteArray from;
    QByteArray to;

    Bench()
    {
        repo.write("changed", "old content\n");
        repo.write("deleted", "soon gone\n");
        repo.write("dir/kept", "kept\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-qm"_s, u"from"_s});
        from = repo.head();
        repo.write("changed", "new content, and longer than before\n");
        repo.remove("deleted");
        repo.write("dir/added", "added\n");
        QFile::link(u"dir/kept"_s, repo.file("link"));
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-qm"_s, u"to"_s});
        to = repo.head();
        repo.git({u"reset"_s, u"-q"_s, u"--hard"_s, QString::fromLatin1(from)});
    }

    Git git() const { return Git(world.tools(), *locateRepository(repo.path()), {}); }
    TreeMove move() const { return {.ref = "refs/heads/main", .from = from, .to = to}; }
    JournalEntry entry() const
    {
        return {.act = JournalEntry::Act::MoveTree, .ref = "refs/heads/main", .from = from, .to = to, .startedAt = now};
    }
    bool isAt(const QByteArray &commit) const
    {
        return repo.head() == commit && repo.git({u"status"_s, u"--porcelain"_s}).isEmpty();
    }
};

} // namespace

class TestTreeMove : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTreeIndexAndBranchMoveTogether()
    {
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        const Status moved = moveTree(bench.git(), bench.move(), now);
        QVERIFY2(moved.ok(), moved.ok() ? "" : qPrintable(moved.error().message));
        QVERIFY(bench.isAt(bench.to));
        QVERIFY(!Journal(bench.git().location()).read());
    }

    void aFileInTheWayIsNeverOverwritten_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("ignored");
        QTest::newRow("untracked") << QByteArray("dir/added") << false;
        QTest::newRow("ignored") << QByteArray("dir/added") << true;
        QTest::newRow("ignored, where a link comes") << QByteArray("link") << true;
    }
    void aFileInTheWayIsNeverOverwritten()
    {
        QFETCH(QByteArray, path);
        QFETCH(bool, ignored);
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        bench.repo.write(path, "precious\n");
        if (ignored)
            bench.repo.write(".git/info/exclude", path + '\n');
        const Status moved = moveTree(bench.git(), bench.move(), now);
        QVERIFY(!moved.ok());
        QCOMPARE(moved.error().kind, ErrorKind::WouldOverwrite);
        QCOMPARE(bench.repo.read(path), "precious\n");
        QCOMPARE(bench.repo.head(), bench.from);
    }

    void aLinkThatBecomesADirectoryIsNoObstacle()
    {
        Bench bench;
        QFile::link(u"dir"_s, bench.repo.file("turns"));
        bench.repo.git({u"add"_s, u"turns"_s});
        bench.repo.git({u"commit"_s, u"-qm"_s, u"a link"_s});
        bench.from = bench.repo.head();
        bench.repo.remove("turns");
        bench.repo.write("turns/kept", "inside\n"); // the link leads to a file of that name
        bench.repo.write("turns/deep/er", "inside\n");
        bench.repo.git({u"add"_s, u"-A"_s});
        bench.repo.git({u"commit"_s, u"-qm"_s, u"a directory"_s});
        bench.to = bench.repo.head();
        bench.repo.git({u"reset"_s, u"-q"_s, u"--hard"_s, QString::fromLatin1(bench.from)});
        bench.repo.write("dir/deep/er", "ignored\n");
        bench.repo.write(".git/info/exclude", "er\n");
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        const Status moved = moveTree(bench.git(), bench.move(), now);
        QVERIFY2(moved.ok(), moved.ok() ? "" : qPrintable(moved.error().message));
        QVERIFY(bench.isAt(bench.to));
        QCOMPARE(bench.repo.read("dir/kept"), "kept\n");
        QCOMPARE(bench.repo.read("dir/deep/er"), "ignored\n");
        QCOMPARE(bench.repo.read("turns/kept"), "inside\n");
    }

    void aLinkOfTheUsersIsInTheWayOfADirectory()
    {
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        QVERIFY(QDir(bench.repo.file("dir")).removeRecursively());
        QVERIFY(QFile::link(bench.world.path(), bench.repo.file("dir")));
        const Status moved = moveTree(bench.git(), bench.move(), now);
        QVERIFY(!moved.ok());
        QCOMPARE(moved.error().kind, ErrorKind::WouldOverwrite);
        QVERIFY(QFileInfo(bench.repo.file("dir")).isSymLink());
    }

    void anEditMadeJustBeforeIsKept()
    {
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        bench.repo.write("changed", "edited by the user\n", 0);
        QVERIFY(!moveTree(bench.git(), bench.move(), now).ok());
        QCOMPARE(bench.repo.read("changed"), "edited by the user\n");
        QCOMPARE(bench.repo.head(), bench.from);
        QCOMPARE(bench.repo.git({u"status"_s, u"--porcelain"_s}), "M changed");
        QVERIFY(!Journal(bench.git().location()).read()); // nothing half done is left to look at
    }

    void anInterruptedMoveIsBroughtToOneEnd_data()
    {
        QTest::addColumn<QByteArray>("changed");
        QTest::addColumn<bool>("refMoved");
        QTest::addColumn<bool>("half");
        QTest::newRow("nothing yet") << QByteArray("old content\n") << false << false;
        QTest::newRow("torn file") << QByteArray("new cont") << false << true;
        QTest::newRow("empty file") << QByteArray("") << false << true;
        QTest::newRow("written, branch not moved")
            << QByteArray("new content, and longer than before\n") << false << true;
        QTest::newRow("branch moved, file torn") << QByteArray("new") << true << true;
        QTest::newRow("branch moved, file old") << QByteArray("old content\n") << true << false;
    }
    void anInterruptedMoveIsBroughtToOneEnd()
    {
        QFETCH(QByteArray, changed);
        QFETCH(bool, refMoved);
        QFETCH(bool, half);
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        bench.repo.write("changed", changed, 0);
        if (half) {
            bench.repo.remove("deleted");
            bench.repo.write("dir/added", "add", 0);
            bench.repo.write(".git/index.lock", "", 0);
        }
        if (refMoved)
            bench.repo.git({u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(bench.to)});
        QVERIFY(Journal(bench.git().location()).write(bench.entry()).ok());
        const Status healed = reconcileMove(bench.git(), bench.entry(), now);
        QVERIFY2(healed.ok(), healed.ok() ? "" : qPrintable(healed.error().message));
        QVERIFY2(bench.isAt(refMoved ? bench.to : bench.from),
                 bench.repo.git({u"status"_s, u"--porcelain"_s}).constData());
    }

    void anEditAfterAnInterruptedMoveStopsTheHealing()
    {
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        bench.repo.write("changed", "the user went on here\n", 0);
        bench.repo.remove("deleted");
        QVERIFY(Journal(bench.git().location()).write(bench.entry()).ok());
        const Status healed = reconcileMove(bench.git(), bench.entry(), now);
        QVERIFY(!healed.ok());
        QVERIFY(healed.error().message.contains(u"changed"_s));
        QCOMPARE(bench.repo.read("changed"), "the user went on here\n");
        QVERIFY(Journal(bench.git().location()).read().has_value());
    }

    void aRebaseInMemoryTouchesNoFile()
    {
        const Bench bench;
        bench.repo.write("dir/kept", "kept, and changed here\n");
        bench.repo.git({u"commit"_s, u"-qam"_s, u"ours\n\nbody stays\n"_s, u"--author=Somebody <s@example.invalid>"_s,
                        u"--date=@1500000000 +0200"_s});
        const QByteArray ours = bench.repo.head();
        const QByteArray index = bench.repo.indexBytes();
        const auto rebased = rebaseInMemory(bench.git(), bench.from, ours, bench.to, false);
        QVERIFY2(rebased.ok(), rebased.ok() ? "" : qPrintable(rebased.error().message));
        QCOMPARE(bench.repo.git({u"log"_s, u"-1"_s, u"--format=%P %an %ad %B"_s, u"--date=raw"_s,
                                 QString::fromLatin1(rebased->tip)}),
                 bench.to + " Somebody 1500000000 +0200 ours\n\nbody stays");
        QCOMPARE(bench.repo.blobAt(rebased->tip, "dir/kept"), "kept, and changed here\n");
        QCOMPARE(bench.repo.blobAt(rebased->tip, "changed"), "new content, and longer than before\n");
        QCOMPARE(rebased->renamed.value(ours), rebased->tip);
        QCOMPARE(bench.repo.head(), ours);
        QCOMPARE(bench.repo.indexBytes(), index);
    }

    void aConflictNamesTheFileAndChangesNothing()
    {
        const Bench bench;
        bench.repo.write("changed", "changed differently here\n");
        bench.repo.git({u"commit"_s, u"-qam"_s, u"ours"_s});
        const auto rebased = rebaseInMemory(bench.git(), bench.from, bench.repo.head(), bench.to, false);
        QVERIFY(!rebased.ok());
        QCOMPARE(rebased.error().kind, ErrorKind::Conflict);
        QVERIFY(rebased.error().message.contains(u"changed"_s));
    }

    void theSameChangeOnBothSidesIsDropped()
    {
        const Bench bench;
        bench.repo.git({u"cherry-pick"_s, u"--keep-redundant-commits"_s, QString::fromLatin1(bench.to)});
        const QByteArray ours = bench.repo.head();
        const auto rebased = rebaseInMemory(bench.git(), bench.from, ours, bench.to, false);
        QVERIFY(rebased.ok());
        QCOMPARE(rebased->tip, bench.to);
        QCOMPARE(rebased->renamed.value(ours), QByteArray());
    }
};

QTEST_GUILESS_MAIN(TestTreeMove)
#include "tst_treemove.moc"
