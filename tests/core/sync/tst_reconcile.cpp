#include "core/git/repolock.h"
#include "core/sync/reconcile.h"
#include "core/sync/treemove.h"
#include "tests/support/temprepo.h"

#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 5'000'000'000;

/// `to` swaps a file and a directory, changes a mode, deletes and changes.
struct Bench
{
    World world;
    TempRepo repo{world, u"r"_s};
    QByteArray from;
    QByteArray to;

    Bench()
    {
        repo.write("changed", "old content\n");
        repo.write("dir/gone", "soon gone\n");
        repo.write("folds/one", "1\n");
        repo.write("turns", "a file\n");
        repo.write("tool", "#!/bin/sh\n");
        from = commit(u"from"_s);
        repo.write("changed", "new content, and longer than before\n");
        repo.remove("dir/gone");
        repo.remove("folds/one");
        QDir(repo.path()).rmdir(u"folds"_s);
        repo.write("folds", "a file now\n");
        repo.remove("turns");
        repo.write("turns/into/directory", "inside\n");
        setMode("tool", 0755);
        to = commit(u"to"_s);
        repo.git({u"reset"_s, u"-q"_s, u"--hard"_s, QString::fromLatin1(from)});
    }

    QByteArray commit(const QString &subject) const
    {
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-qm"_s, subject});
        return repo.head();
    }
    void setMode(const QByteArray &name, mode_t mode) const
    {
        ::chmod(QFile::encodeName(repo.file(name)).constData(), mode);
    }
    Git git() const { return Git(world.tools(), *locateRepository(repo.path()), {}); }
    Status move() const
    {
        (void)RepoLock::acquire(*locateRepository(repo.path())).ok();
        return moveTree(git(), {.ref = "refs/heads/main", .from = from, .to = to}, now);
    }
    /// The files as an interrupted move leaves them: all of `to` is written, the branch and the index are at `from`.
    void interrupt() const
    {
        (void)RepoLock::acquire(*locateRepository(repo.path())).ok();
        repo.git({u"read-tree"_s, u"-m"_s, u"-u"_s, QString::fromLatin1(from), QString::fromLatin1(to)});
        repo.git({u"read-tree"_s, QString::fromLatin1(from)});
        if (!Journal(git().location()).write(entry()))
            qFatal("cannot write the journal");
    }
    JournalEntry entry() const
    {
        return {.act = JournalEntry::Act::MoveTree, .ref = "refs/heads/main", .from = from, .to = to, .startedAt = now};
    }
    Status reconcile() const { return reconcileMove(git(), entry(), now); }
    QByteArray status() const { return repo.git({u"status"_s, u"--porcelain"_s}); }
    bool isOpen() const { return Journal(git().location()).read().has_value(); }
};

} // namespace

class TestReconcile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void directoriesAndFilesSwapPlaces()
    {
        const Bench bench;
        const Status moved = bench.move();
        QVERIFY2(moved.ok(), moved.ok() ? "" : qPrintable(moved.error().message));
        QCOMPARE(bench.repo.head(), bench.to);
        QCOMPARE(bench.status(), QByteArray());
    }

    void anIgnoredFileInADirectoryThatBecomesAFileIsNamed()
    {
        const Bench bench;
        bench.repo.write(".git/info/exclude", "*.local\n");
        bench.repo.write("folds/deep/precious.local", "precious\n");
        const Status moved = bench.move();
        QVERIFY(!moved.ok());
        QCOMPARE(moved.error().kind, ErrorKind::WouldOverwrite);
        QVERIFY(moved.error().message.contains(u"folds/deep/precious.local"_s));
        QCOMPARE(bench.repo.read("folds/deep/precious.local"), "precious\n");
        QCOMPARE(bench.repo.head(), bench.from);
    }

    void aFileThatWasOnlyTouchedIsNoObstacle()
    {
        const Bench bench;
        bench.repo.write("changed", "old content\n", 100'000);
        QVERIFY(bench.move().ok());
        QCOMPARE(bench.repo.head(), bench.to);
        QCOMPARE(bench.status(), QByteArray());
    }

    void aFileThatCannotBeRemovedStopsTheMove()
    {
        if (::geteuid() == 0)
            QSKIP("root may remove anything");
        const Bench bench;
        bench.setMode("dir", 0555);
        const Status moved = bench.move();
        bench.setMode("dir", 0755);
        QVERIFY(!moved.ok());
        QCOMPARE(moved.error().kind, ErrorKind::PermissionDenied);
        QCOMPARE(bench.repo.head(), bench.from);
        QCOMPARE(bench.status(), QByteArray());
    }

    void swapsAndModesAreTakenBack()
    {
        const Bench bench;
        bench.interrupt();
        const Status healed = bench.reconcile();
        QVERIFY2(healed.ok(), healed.ok() ? "" : qPrintable(healed.error().message));
        QCOMPARE(bench.status(), QByteArray());
        QVERIFY(!bench.isOpen());
    }

    void aFilePutIntoANewDirectoryMeanwhileIsKept()
    {
        const Bench bench;
        bench.interrupt();
        bench.repo.write("turns/into/mine", "mine\n");
        QVERIFY(!bench.reconcile().ok());
        QCOMPARE(bench.repo.read("turns/into/mine"), "mine\n");
        QVERIFY(bench.isOpen());
        bench.repo.remove("turns/into/mine");
        QVERIFY(bench.reconcile().ok());
        QCOMPARE(bench.status(), QByteArray());
    }

    void anEditOfTheOnlyFileThatMovedIsNotTakenForWhole()
    {
        Bench bench;
        bench.repo.write("changed", "new content, and longer than before\n");
        bench.to = bench.commit(u"one file"_s);
        bench.repo.git({u"reset"_s, u"-q"_s, u"--hard"_s, QString::fromLatin1(bench.from)});
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        QVERIFY(Journal(bench.git().location()).write(bench.entry()).ok());
        bench.repo.write("changed", "new cont\nmine\n", 0); // it was torn, and then edited
        bench.repo.write(".git/index.lock", "", 0);
        QCOMPARE(bench.reconcile().error().kind, ErrorKind::FileChanged);
        QVERIFY(!QFile::exists(bench.repo.file(".git/index.lock")));
        const auto entry = Journal(bench.git().location()).read();
        QCOMPARE(reconcileMove(bench.git(), *entry, now).error().kind, ErrorKind::FileChanged); // not forgotten
        QCOMPARE(bench.repo.read("changed"), "new cont\nmine\n");
        bench.repo.git({u"checkout"_s, u"-q"_s, u"--"_s, u"changed"_s});
        QVERIFY(reconcileMove(bench.git(), *entry, now).ok());
        QVERIFY(!bench.isOpen());
    }

    void anEditBeforeTheFirstFileIsWrittenIsJustAnEdit()
    {
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        QVERIFY(Journal(bench.git().location()).write(bench.entry()).ok());
        bench.repo.write("changed", "mine\n", 0);
        QVERIFY(bench.reconcile().ok());
        QCOMPARE(bench.repo.read("changed"), "mine\n");
    }

    void nothingBehindALinkIsTouched()
    {
        const Bench bench;
        bench.interrupt();
        bench.repo.remove("turns/into/directory");
        QDir(bench.repo.path()).rmdir(u"turns/into"_s);
        QDir().mkdir(bench.world.path(u"elsewhere"_s));
        QFile outside(bench.world.path(u"elsewhere/directory"_s));
        QVERIFY(outside.open(QIODevice::WriteOnly) && outside.write("inside\n") > 0); // the bytes that `to` has there
        outside.close();
        QVERIFY(QFile::link(bench.world.path(u"elsewhere"_s), bench.repo.file("turns/into")));
        (void)bench.reconcile().ok();
        QVERIFY(outside.exists());
    }

    void aHealingThatWasInterruptedItselfIsFinished()
    {
        const Bench bench;
        bench.interrupt();
        bench.repo.write("changed", "old cont");
        QVERIFY(bench.reconcile().ok());
        QCOMPARE(bench.repo.read("changed"), "old content\n");
        QCOMPARE(bench.status(), QByteArray());
    }

    void aFileThatLooksLikeTheIndexIsToldByItsContent()
    {
        Bench bench;
        bench.repo.write("changed", "new content\n"); // as long as the old one
        bench.to = bench.commit(u"same size"_s);
        bench.repo.git({u"reset"_s, u"-q"_s, u"--hard"_s, QString::fromLatin1(bench.from)});
        bench.repo.git({u"config"_s, u"core.trustctime"_s, u"false"_s}); // stands for: in the same second
        const QDateTime then = QDateTime::currentDateTime().addSecs(-3600);
        QFile file(bench.repo.file("changed"));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(then, QFileDevice::FileModificationTime));
        bench.repo.git({u"update-index"_s, u"-q"_s, u"--refresh"_s});
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        QVERIFY(file.write("new content\n") > 0 && file.flush());
        QVERIFY(file.setFileTime(then, QFileDevice::FileModificationTime));
        QCOMPARE(bench.status(), QByteArray()); // git is taken in
        QVERIFY(bench.reconcile().ok());
        QCOMPARE(bench.repo.read("changed"), "old content\n");
        QVERIFY(!bench.isOpen());
    }

    void whatTheUserStagedMeanwhileStaysStaged()
    {
        const Bench bench;
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        QVERIFY(Journal(bench.git().location()).write(bench.entry()).ok()); // died before the first file
        bench.repo.write("changed", "staged\n");
        bench.repo.git({u"add"_s, u"changed"_s});
        bench.repo.write("changed", "staged\nand edited\n");
        QVERIFY(bench.reconcile().ok());
        QCOMPARE(bench.status(), "MM changed");
        QCOMPARE(bench.repo.git({u"show"_s, u":changed"_s}), "staged");
    }

    void aBranchThatMovedOnIsAcceptedWhenItIsClean()
    {
        const Bench bench;
        bench.interrupt();
        bench.repo.git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"by hand"_s});
        QCOMPARE(bench.reconcile().error().kind, ErrorKind::HeadMoved);
        QVERIFY(bench.isOpen());
        bench.repo.git({u"add"_s, u"-A"_s});
        bench.repo.git({u"commit"_s, u"-qm"_s, u"that is how I want it"_s});
        QVERIFY(bench.reconcile().ok());
        QVERIFY(!bench.isOpen());
    }

    void anotherBranchIsLeftAlone()
    {
        const Bench bench;
        bench.repo.git({u"branch"_s, u"other"_s, QString::fromLatin1(bench.to)});
        bench.repo.git({u"switch"_s, u"-q"_s, u"other"_s});
        (void)RepoLock::acquire(*locateRepository(bench.repo.path())).ok();
        QVERIFY(Journal(bench.git().location()).write(bench.entry()).ok());
        QVERIFY(bench.reconcile().ok());
        QCOMPARE(bench.status(), QByteArray());
        QCOMPARE(bench.repo.read("folds"), "a file now\n");
    }
};

QTEST_GUILESS_MAIN(TestReconcile)
#include "tst_reconcile.moc"
