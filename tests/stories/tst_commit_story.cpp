#include "tests/stories/checkoutlab.h"

#include <QScopeGuard>
#include <QTest>

#include <algorithm>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// One checkout from dirty to committed.
class TestCommitStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CheckoutLab> m_lab;

    const TempRepo &repo() const { return m_lab->repo; }
    RunReport once() const { return m_lab->once(); }

private Q_SLOTS:
    void init() { m_lab = std::make_unique<CheckoutLab>(); }
    void cleanup() { QVERIFY(m_lab->isSound()); }

    void aCleanTreeIsLeftAlone()
    {
        const Untouched before{repo()};
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Clean);
        QVERIFY(before.holds());
    }

    void changesAreCommittedWithWordsOfTheirOwn()
    {
        repo().write("src/parser.cpp", "int parse(int x)\n{\n    return x;\n}\n");
        repo().write("README", "hello\nworld\n");
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QVERIFY(repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
        for (const ReportedCommit &commit : report.commits) {
            QVERIFY2(commit.subject.size() <= 72 && commit.subject.size() > 8, qPrintable(commit.subject));
            QVERIFY2(!commit.subject.contains(u"update files"_s, Qt::CaseInsensitive), qPrintable(commit.subject));
            QCOMPARE(repo().git({u"log"_s, u"-1"_s, u"--format=%s"_s, QString::fromLatin1(commit.sha)}),
                     commit.subject.toUtf8());
        }
        QCOMPARE(QByteArray(report.head), repo().head());
    }

    void whatTheUserStagedStaysExactlyAsItIs()
    {
        repo().write("both", "1\n");
        repo().write("mine", "1\n");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        repo().write("mine", "staged by hand\n");
        repo().git({u"add"_s, u"mine"_s});
        repo().write("mine", "and edited on\n");
        repo().write("both", "2 changed\n");
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(ruleAgainst(report, "mine"), u"staged"_s);
        QCOMPARE(repo().git({u"show"_s, u":mine"_s}), "staged by hand");
        QCOMPARE(repo().read("mine"), "and edited on\n");
        QCOMPARE(repo().git({u"status"_s, u"--porcelain"_s}), "MM mine");
        QCOMPARE(repo().blobAt("HEAD", "mine"), "1\n");
    }

    void aNewFileAnnouncedWithIntentToAddIsTheUsers()
    {
        repo().write("later", "x\n");
        repo().git({u"add"_s, u"-N"_s, u"later"_s});
        QCOMPARE(ruleAgainst(once(), "later"), u"staged"_s);
        QCOMPARE(repo().git({u"status"_s, u"--porcelain"_s}), "A later");
    }

    void aDryRunChangesNoByte()
    {
        repo().write("new", "x\n");
        repo().write("README", "changed\n");
        const Untouched before{repo()};
        const QByteArray objects = repo().git({u"count-objects"_s, u"-v"_s});
        m_lab->runner.options.dryRun = true;
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Planned);
        QVERIFY(!report.commits.isEmpty());
        QVERIFY(before.holds());
        QCOMPARE(repo().git({u"count-objects"_s, u"-v"_s}), objects);
        QVERIFY(!QFile::exists(repo().path() + u"/.git/auto-commit"_s));
    }

    void theFirstCommitOfABranchIsMadeWhereThatIsAllowed()
    {
        const TempRepo fresh(m_lab->world, u"fresh"_s, TempRepo::Start::Unborn);
        fresh.write("a", "x\n");
        m_lab->runner.loaded.settings.allowInitialCommit = false;
        QCOMPARE(m_lab->runner.once(fresh).state, RunState::Skipped);
        QVERIFY(fresh.head().isEmpty());
        m_lab->runner.loaded.settings.allowInitialCommit = true;
        const RunReport report = m_lab->runner.once(fresh);
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QVERIFY(fresh.git({u"status"_s, u"--porcelain"_s}).isEmpty());
    }

    void fifosSocketsAndLinksAreHandled()
    {
        const QByteArray top = QFile::encodeName(repo().path()) + '/';
        QCOMPARE(::mkfifo((top + "pipe").constData(), 0600), 0);
        m_lab->runner.loaded.settings.fileQuiet = std::chrono::seconds(0);
        QCOMPARE(::symlink("/etc/passwd", (top + "outside").constData()), 0);
        QCOMPARE(::symlink("loop", (top + "loop").constData()), 0);
        QCOMPARE(::symlink("nowhere", (top + "dangling").constData()), 0);
        QVERIFY(QFile::remove(repo().file("README"))); // git sees a special file only in the place of a tracked one
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto closing = qScopeGuard([socket] { ::close(socket); });
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        const QByteArray place = top + "README";
        QVERIFY(place.size() < static_cast<qsizetype>(sizeof address.sun_path));
        std::ranges::copy(place, address.sun_path);
        QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        const RunReport report = once();
        QCOMPARE(ruleAgainst(report, "README"), u"special-file"_s);
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(repo().blobAt("HEAD", "outside"), "/etc/passwd");
        QCOMPARE(repo().blobAt("HEAD", "loop"), "loop");
        QVERIFY(!repo().git({u"ls-tree"_s, u"--name-only"_s, u"HEAD"_s}).contains("pipe"));
    }

    void aFileThatBecameADirectoryIsCommittedAndTheOtherWayRound()
    {
        const World world;
        const TempRepo repo(world, u"r"_s);
        repo.write("folds/one", "1\n");
        repo.write("turns", "a file\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-qm"_s, u"begin"_s});
        repo.remove("turns");
        repo.write("turns/inner", "a file\n");
        repo.remove("folds/one");
        QDir(repo.path()).rmdir(u"folds"_s);
        repo.write("folds", "1\n");
        const RunReport report = Runner(world).once(repo);
        QCOMPARE(report.state, RunState::Committed);
        QVERIFY(report.excluded.isEmpty());
        QCOMPARE(repo.git({u"status"_s, u"--porcelain"_s}), QByteArray());
        QCOMPARE(repo.git({u"ls-tree"_s, u"-r"_s, u"--name-only"_s, u"HEAD"_s}), "README\nfolds\nturns/inner");
    }

    void aMovedSubmoduleIsRecordedOnceItsCommitIsOnItsRemote()
    {
        const TempRepo library(m_lab->world, u"library"_s);
        repo().git({u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s, library.path(),
                    u"lib"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"add lib"_s});
        m_lab->world.git(repo().path() + u"/lib"_s, {u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"moved"_s});
        QCOMPARE(ruleAgainst(once(), "lib"), u"submodule"_s);
        QCOMPARE(repo().subjects().first(), "add lib");

        const QByteArray moved = m_lab->world.git(repo().path() + u"/lib"_s, {u"rev-parse"_s, u"HEAD"_s});
        m_lab->world.git(repo().path() + u"/lib"_s, {u"update-ref"_s, u"refs/remotes/origin/main"_s, u"HEAD"_s});
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QVERIFY(report.excluded.isEmpty());
        QCOMPARE(repo().git({u"rev-parse"_s, u"HEAD:lib"_s}), moved);
        QVERIFY(repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
        QVERIFY2(report.commits.first().subject.contains(u"lib"_s), qPrintable(report.commits.first().subject));
    }

    void aSubmoduleAtRestIsNoTrouble()
    {
        const TempRepo library(m_lab->world, u"library"_s);
        repo().git({u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s, library.path(),
                    u"lib"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"add lib"_s});
        const QString lib = repo().path() + u"/lib"_s;
        m_lab->world.git(lib, {u"checkout"_s, u"-q"_s, u"--detach"_s});
        QCOMPARE(m_lab->runner.once(lib).state, RunState::Clean);
        QFile file(lib + u"/new"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QCOMPARE(m_lab->runner.once(lib).state, RunState::Skipped);
    }

    void namesOfAnyBytesAreCommitted()
    {
        const QList<QByteArray> names{"with blank", "new\nline",   "tab\there", "quo\"te",       "-dash",
                                      ":(top)x",    "star*",       "\xff\xfe",  "uml\xc3\xa4ut", QByteArray(250, 'n'),
                                      "d/\xe9/x",   "back\\slash", "--force"};
        for (const QByteArray &name : names)
            repo().write(name, "content of " + name);
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QVERIFY2(report.excluded.isEmpty(), qPrintable(report.excluded.value(0).reason));
        QVERIFY(repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
        for (const QByteArray &name : names)
            QVERIFY2(repo().git({u"ls-files"_s, u"-z"_s}).contains(name), name.constData());
    }

    void movingManyFilesIsNotADeletion()
    {
        for (int i = 0; i < 20; ++i)
            repo().write("old/f" + QByteArray::number(i),
                         "content of file number " + QByteArray::number(i) + "\nwith some lines\nof its own\n");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        QVERIFY(QDir(repo().path()).rename(u"old"_s, u"new"_s));
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(report.commits.size(), 1);
        QVERIFY(repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
    }

    void aConfiguredLineEndConversionIsNoReasonToLeaveAFileOut()
    {
        repo().git({u"config"_s, u"core.autocrlf"_s, u"input"_s});
        repo().write("dos.txt", "a\r\nb\r\n");
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(repo().blobAt("HEAD", "dos.txt"), "a\nb\n");
    }

    void theIdentityOfADirectoryIsUsed()
    {
        m_lab->runner.loaded.settings.userName = u"Robin"_s;
        m_lab->runner.loaded.settings.userEmail = u"robin@example.invalid"_s;
        repo().write("a", "x\n");
        once();
        QCOMPARE(repo().git({u"log"_s, u"-1"_s, u"--format=%an <%ae> %cn <%ce>"_s}),
                 "Robin <robin@example.invalid> Robin <robin@example.invalid>");
    }

    void aDateBeforeTheParentsIsLifted_data()
    {
        QTest::addColumn<int>("parents");
        QTest::newRow("on a commit") << 1;
        QTest::newRow("on a merge") << 2;
    }
    /// SAFETY row 22: another machine's clock was wrong, or this one's jumped back.
    void aDateBeforeTheParentsIsLifted()
    {
        QFETCH(int, parents);
        const QByteArray who = " Robin <robin@example.invalid> 4000000000 +0000\n";
        const QByteArray tree = repo().git({u"rev-parse"_s, u"HEAD^{tree}"_s});
        repo().write(".git/future",
                     "tree " + tree + '\n' + ("parent " + repo().head() + '\n').repeated(parents) + "author" + who
                         + "committer" + who + "\nfrom the future\n");
        const QByteArray future
            = repo().git({u"hash-object"_s, u"-t"_s, u"commit"_s, u"-w"_s, repo().file(".git/future")});
        repo().git({u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(future)});
        repo().write("a", "x\n");
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(repo().git({u"log"_s, u"-2"_s, u"--format=%ct"_s}), QByteArray("4000000000\n4000000000"));
    }

    void aLinkedWorkTreeIsCommittedOnItsOwnBranch()
    {
        const QString linked = m_lab->world.path(u"linked"_s);
        repo().git({u"worktree"_s, u"add"_s, u"-q"_s, u"-b"_s, u"topic"_s, linked});
        QFile file(linked + u"/new"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x");
        file.close();
        m_lab->runner.loaded.settings.fileQuiet = std::chrono::seconds(0);
        const RunReport report = m_lab->runner.once(linked);
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(report.branch, u"topic"_s);
        QVERIFY(m_lab->world.git(linked, {u"status"_s, u"--porcelain"_s}).isEmpty());
        QCOMPARE(repo().subjects().size(), 1);
    }

    void aSparseCheckoutLosesNothing()
    {
        repo().write("in/a", "x\n");
        repo().write("out/b", "x\n");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        repo().git({u"sparse-checkout"_s, u"set"_s, u"in"_s});
        repo().write("in/a", "changed\n");
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(repo().blobAt("HEAD", "out/b"), "x\n");
        QCOMPARE(repo().blobAt("HEAD", "in/a"), "changed\n");
        QVERIFY(repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
    }

    void aTrailerIsAddedWhereItIsAskedFor()
    {
        m_lab->runner.loaded.settings.commitTrailer = u"Committed-by: auto-commit"_s;
        repo().write("a", "x\n");
        once();
        QCOMPARE(repo().git({u"log"_s, u"-1"_s, u"--format=%(trailers)"_s}), "Committed-by: auto-commit");
    }
};

QTEST_GUILESS_MAIN(TestCommitStory)
#include "tst_commit_story.moc"
