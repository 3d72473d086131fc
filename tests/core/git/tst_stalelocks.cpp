#include "core/git/stalelocks.h"

#include "core/git/repolock.h"
#include "tests/support/temprepo.h"

#include <QDir>
#include <QTest>

#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestStaleLocks : public QObject
{
    Q_OBJECT

    static constexpr qint64 second = 1'000'000'000;

    static qint64 now()
    {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

private Q_SLOTS:
    void anUnknownLockIsJudgedByItsAge_data()
    {
        QTest::addColumn<int>("age");
        QTest::addColumn<bool>("journaled");
        QTest::addColumn<bool>("treeChanged");
        QTest::addColumn<LockVerdict>("expected");
        QTest::newRow("just made") << 0 << false << false << LockVerdict::Fresh;
        QTest::newRow("nine minutes") << 540 << false << false << LockVerdict::Fresh;
        QTest::newRow("eleven minutes") << 660 << false << false << LockVerdict::Abandoned;
        QTest::newRow("eleven minutes, files changed with it") << 660 << false << true << LockVerdict::Suspicious;
        QTest::newRow("made after our dead run began") << 0 << true << false << LockVerdict::Ours;
        QTest::newRow("older than our dead run") << 60 << true << false << LockVerdict::Fresh;
    }
    void anUnknownLockIsJudgedByItsAge()
    {
        QFETCH(int, age);
        QFETCH(bool, journaled);
        QFETCH(bool, treeChanged);
        const World world;
        const TempRepo repo(world, u"r"_s);
        repo.write(".git/index.lock", "", age);
        repo.write("README", "hello\n", treeChanged ? age + 2 : 5000);
        const RepoLocation location = *locateRepository(repo.path());
        std::optional<JournalEntry> entry;
        if (journaled)
            entry = JournalEntry{
                .act = JournalEntry::Act::Land, .ref = "refs/heads/main", .startedAt = now() - 10 * second};
        QTEST(judgeLock(location.gitDir + u"/index.lock"_s, location, entry, GitActivity::of(location), now()),
              "expected");
    }

    void aFileOutsideOfTheGitDirectoryIsNoLockOfOurs_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("journal");
        const QByteArray entry = R"({"act":"%1","ref":"%2","from":"","to":"","started_at":"1","begun":false})";
        QTest::newRow("the name of the branch") << QByteArray("ref: refs/heads/../../../../Cargo\n") << QByteArray();
        QTest::newRow("the journal's branch")
            << QByteArray() << QByteArray(entry).replace("%1", "land").replace("%2", "refs/heads/../../../../Cargo");
        QTest::newRow("a linked directory")
            << QByteArray() << QByteArray(entry).replace("%1", "network").replace("%2", "");
    }
    void aFileOutsideOfTheGitDirectoryIsNoLockOfOurs()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, journal);
        const World world;
        const TempRepo repo(world, u"r"_s);
        const Git git(world.tools(), *locateRepository(repo.path()), {});
        repo.write("../Cargo.lock", "precious", 5000);
        repo.write("README", "hello\n", 9000);
        QVERIFY(QDir().mkpath(repo.file(".git/refs")));
        QVERIFY(QFile::link(world.path(), repo.file(".git/refs/remotes")));
        repo.write(".git/auto-commit/lock", "");
        if (!journal.isEmpty())
            repo.write(".git/auto-commit/journal", journal);
        const QByteArray branch = head.isEmpty() ? QByteArray("refs/heads/main") : head.mid(5).trimmed();
        (void)clearLocks(git, branch, now()).ok();
        QVERIFY(QFile::exists(world.path(u"Cargo.lock"_s)));
    }

    void whatWeKeepIsWrittenThroughNoLink()
    {
        const World world;
        const TempRepo repo(world, u"r"_s);
        const RepoLocation location = *locateRepository(repo.path());
        QVERIFY(RepoLock::acquire(location).ok());
        QVERIFY(QFile::link(world.path(u"somebodys"_s), repo.file(".git/auto-commit/journal")));
        const auto lock = RepoLock::acquire(location);
        QVERIFY(!lock.ok() && lock.error().kind == ErrorKind::Untrusted);
    }

    void ourOwnIndexesAreUnlockedAndNothingElse()
    {
        const World world;
        const TempRepo repo(world, u"r"_s);
        repo.write(".git/auto-commit/index.commit.lock", "");
        repo.write(".git/auto-commit/lock", "");
        repo.write(".git/index.lock", "");
        clearPrivateLocks(*locateRepository(repo.path()));
        QVERIFY(!QFile::exists(repo.file(".git/auto-commit/index.commit.lock")));
        QVERIFY(QFile::exists(repo.file(".git/auto-commit/lock")));
        QVERIFY(QFile::exists(repo.file(".git/index.lock")));
    }

    void aFetchThatDiedLeavesNoLockOnATrackingRef()
    {
        const World world;
        const TempRepo repo(world, u"r"_s);
        const Git git(world.tools(), *locateRepository(repo.path()), {});
        repo.write(".git/auto-commit/lock", "");
        repo.write(".git/refs/remotes/origin/main.lock", "", 0);
        QVERIFY(
            Journal(git.location()).write({.act = JournalEntry::Act::Network, .startedAt = now() - 10 * second}).ok());
        QVERIFY(clearLocks(git, {}, now()).ok());
        QVERIFY(!QFile::exists(repo.file(".git/refs/remotes/origin/main.lock")));
        QVERIFY(!Journal(git.location()).read());
    }

    void aLockThatSomebodyHasOpenIsFresh()
    {
        const World world;
        const TempRepo repo(world, u"r"_s);
        repo.write(".git/index.lock", "", 5000);
        repo.write("README", "hello\n", 50000);
        QFile held(repo.path() + u"/.git/index.lock"_s);
        QVERIFY(held.open(QIODevice::ReadWrite));
        const RepoLocation location = *locateRepository(repo.path());
        QCOMPARE(judgeLock(held.fileName(), location, {}, GitActivity::of(location), now()), LockVerdict::Fresh);
    }

    void anAbandonedLockIsKeptUnderAnotherName()
    {
        const World world;
        const TempRepo repo(world, u"r"_s);
        repo.write(".git/index.lock", "old", 5000);
        repo.write("README", "hello\n", 50000);
        const Git git(world.tools(), *locateRepository(repo.path()), {});
        QVERIFY(clearLocks(git, "refs/heads/main", now()).ok());
        const QStringList kept = QDir(repo.path() + u"/.git"_s).entryList({u"index.lock.stale-*"_s});
        QCOMPARE(kept.size(), 1);
        QVERIFY(!QFile::exists(repo.path() + u"/.git/index.lock"_s));
    }

    void aFreshLockStopsTheRun()
    {
        const World world;
        const TempRepo repo(world, u"r"_s);
        repo.write(".git/refs/heads/main.lock", "", 1);
        const Git git(world.tools(), *locateRepository(repo.path()), {});
        const Status cleared = clearLocks(git, "refs/heads/main", now());
        QVERIFY(!cleared.ok());
        QCOMPARE(cleared.error().kind, ErrorKind::LockHeld);
        QVERIFY(QFile::exists(repo.path() + u"/.git/refs/heads/main.lock"_s));
    }
};

Q_DECLARE_METATYPE(AutoCommit::LockVerdict)

QTEST_GUILESS_MAIN(TestStaleLocks)
#include "tst_stalelocks.moc"
