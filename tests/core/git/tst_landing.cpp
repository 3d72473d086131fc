#include "core/git/landing.h"
#include "core/git/repolock.h"
#include "core/git/stalelocks.h"
#include "tests/support/temprepo.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestLanding : public QObject
{
    Q_OBJECT

    World m_world;
    int m_number = 0;

    struct Bench
    {
        TempRepo repo;
        RepoLock lock;
        Git git;
        Landing landing;
    };

    /// A checkout with two files changed, and a commit of "a" alone ready to land.
    Bench prepared()
    {
        TempRepo repo(m_world, u"r%1"_s.arg(++m_number));
        repo.write("a", "one\n");
        repo.write("b", "one\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-qm"_s, u"files"_s});
        repo.write("a", "two and more\n");
        repo.write("b", "two and more\n");
        const RepoLocation location = *locateRepository(repo.path());
        RepoLock lock = *RepoLock::acquire(location);
        Git git(m_world.tools(), location, {});
        git.setLockFd(lock.fd());
        const QByteArray blob = repo.git({u"hash-object"_s, u"-w"_s, u"a"_s});
        const QByteArray old = repo.git({u"rev-parse"_s, u"HEAD:a"_s});
        IndexFile index(git, location.stateDir() + u"/index.test"_s, 40);
        (void)index.readTree(repo.head()).ok();
        (void)index.set({{.path = "a", .mode = 0100644, .blob = blob}}).ok();
        const QByteArray commit = repo.git(
            {u"commit-tree"_s, QString::fromLatin1(*index.writeTree()), u"-p"_s, u"HEAD"_s, u"-m"_s, u"landed"_s});
        Landing landing{.ref = "refs/heads/main",
                        .from = repo.head(),
                        .to = commit,
                        .before = {{.path = "a", .mode = 0100644, .blob = old}},
                        .indexAtStatus = FileStamp::of(location.gitDir + u"/index"_s),
                        .reflogMessage = u"commit: landed"_s};
        return {std::move(repo), std::move(lock), std::move(git), std::move(landing)};
    }

private Q_SLOTS:
    void theBranchMovesAndOnlyTheCommittedPathIsClean()
    {
        Bench bench = prepared();
        QVERIFY(land(bench.git, bench.landing, 1).ok());
        QCOMPARE(bench.repo.head(), bench.landing.to);
        QCOMPARE(bench.repo.git({u"status"_s, u"--porcelain"_s}), "M b");
        QVERIFY(bench.repo.git({u"reflog"_s, u"-1"_s}).contains("commit: landed"));
        QVERIFY(presentLocks(bench.git.location(), u"refs/heads/main"_s).isEmpty());
        QVERIFY(!Journal(bench.git.location()).read());
    }

    void whatTheUserStagedMeanwhileStaysStaged()
    {
        Bench bench = prepared();
        bench.repo.write("a", "three\n");
        bench.repo.git({u"add"_s, u"a"_s});
        QVERIFY(land(bench.git, bench.landing, 1).ok());
        QCOMPARE(bench.repo.git({u"show"_s, u":a"_s}), "three");
        QCOMPARE(bench.repo.git({u"status"_s, u"--porcelain"_s}), "M  a\n M b");
    }

    void aBranchThatMovedIsLeftAlone()
    {
        Bench bench = prepared();
        bench.repo.git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"the user's"_s});
        const QByteArray head = bench.repo.head();
        const Status landed = land(bench.git, bench.landing, 1);
        QVERIFY(!landed.ok());
        QCOMPARE(landed.error().kind, ErrorKind::HeadMoved);
        QCOMPARE(bench.repo.head(), head);
        QVERIFY(presentLocks(bench.git.location(), u"refs/heads/main"_s).isEmpty());
    }

    void anotherCheckedOutBranchIsNoticed()
    {
        Bench bench = prepared();
        bench.repo.git({u"switch"_s, u"-qc"_s, u"topic"_s});
        const QByteArray before = bench.repo.git({u"rev-parse"_s, u"main"_s});
        const Status landed = land(bench.git, bench.landing, 1);
        QVERIFY(!landed.ok());
        QCOMPARE(bench.repo.git({u"rev-parse"_s, u"main"_s}), before);
    }

    void anIndexLockOfTheUserIsRespected()
    {
        Bench bench = prepared();
        QFile lock(bench.repo.path() + u"/.git/index.lock"_s);
        QVERIFY(lock.open(QIODevice::WriteOnly));
        const QByteArray head = bench.repo.head();
        const Status landed = land(bench.git, bench.landing, 1);
        QVERIFY(!landed.ok());
        QCOMPARE(landed.error().kind, ErrorKind::LockHeld);
        QCOMPARE(bench.repo.head(), head);
        QVERIFY(lock.exists());
    }

    void aLandingThatDiedBeforeTheRefMovedIsTakenBack()
    {
        Bench bench = prepared();
        const RepoLocation &location = bench.git.location();
        QVERIFY(QFile::copy(location.gitDir + u"/index"_s, location.stateDir() + u"/index.next"_s));
        QVERIFY(QFile::link(location.stateDir() + u"/index.next"_s, location.gitDir + u"/unused"_s));
        QVERIFY(QFile::copy(location.stateDir() + u"/index.next"_s, location.gitDir + u"/index.lock"_s));
        const JournalEntry entry{.act = JournalEntry::Act::Land,
                                 .ref = bench.landing.ref,
                                 .from = bench.landing.from,
                                 .to = bench.landing.to,
                                 .startedAt = 1};
        QVERIFY(Journal(location).write(entry).ok());
        QVERIFY(clearLocks(bench.git, "refs/heads/main", 2'000'000'000).ok());
        QVERIFY(!QFile::exists(location.gitDir + u"/index.lock"_s));
        QCOMPARE(bench.repo.head(), bench.landing.from);
        QCOMPARE(bench.repo.git({u"status"_s, u"--porcelain"_s}), "M a\n M b");
    }

    void aLandingThatDiedAfterTheRefMovedIsFinished()
    {
        Bench bench = prepared();
        const RepoLocation &location = bench.git.location();
        const IndexFile next(bench.git, location.stateDir() + u"/index.next"_s, 40);
        QVERIFY(QFile::copy(location.gitDir + u"/index"_s, next.path()));
        QVERIFY(next.resetPaths(bench.landing.to, {"a"}).ok());
        QVERIFY(QFile::copy(next.path(), location.gitDir + u"/index.lock"_s));
        const JournalEntry entry{.act = JournalEntry::Act::Land,
                                 .ref = bench.landing.ref,
                                 .from = bench.landing.from,
                                 .to = bench.landing.to,
                                 .startedAt = 1};
        QVERIFY(Journal(location).write(entry).ok());
        bench.repo.git({u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(bench.landing.to)});
        QVERIFY(clearLocks(bench.git, "refs/heads/main", 2'000'000'000).ok());
        QCOMPARE(bench.repo.git({u"status"_s, u"--porcelain"_s}), "M b");
        QVERIFY(!Journal(location).read());
    }

    void aSecondAutoCommitIsKeptOut()
    {
        const Bench bench = prepared();
        const auto second = RepoLock::acquire(bench.git.location());
        QVERIFY(!second.ok());
        QCOMPARE(second.error().kind, ErrorKind::LockHeld);
    }
};

QTEST_GUILESS_MAIN(TestLanding)
#include "tst_landing.moc"
