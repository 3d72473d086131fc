#include "tests/support/mounted.h"
#include "tests/support/runner.h"

#include <QScopeGuard>
#include <QTest>

#include <algorithm>

#include <unistd.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// One checkout from dirty to committed, and everything that must not happen on the way (SAFETY section 1).
class TestCommitStory : public QObject
{
    Q_OBJECT

    std::unique_ptr<World> m_world;
    std::unique_ptr<TempRepo> m_repo;
    std::unique_ptr<Runner> m_runner;

    const TempRepo &repo() const { return *m_repo; }
    RunReport once() const { return m_runner->once(*m_repo); }

    /// Nothing was touched: same HEAD, same index, same files.
    struct Before
    {
        const TempRepo &repo;
        QByteArray head = repo.head();
        QByteArray index = repo.indexBytes();
        QMap<QByteArray, QByteArray> tree = repo.tree();

        bool holds() const { return repo.head() == head && repo.indexBytes() == index && repo.tree() == tree; }
    };

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        m_repo = std::make_unique<TempRepo>(*m_world, u"r"_s);
        m_runner = std::make_unique<Runner>(*m_world);
    }

    void cleanup() { QCOMPARE(m_world->gitExit(repo().path(), {u"fsck"_s, u"--strict"_s, u"--no-dangling"_s}), 0); }

    void aCleanTreeIsLeftAlone()
    {
        const Before before{repo()};
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
        const Before before{repo()};
        const QByteArray objects = repo().git({u"count-objects"_s, u"-v"_s});
        m_runner->options.dryRun = true;
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Planned);
        QVERIFY(!report.commits.isEmpty());
        QVERIFY(before.holds());
        QCOMPARE(repo().git({u"count-objects"_s, u"-v"_s}), objects);
        QVERIFY(!QFile::exists(repo().path() + u"/.git/auto-commit"_s));
    }

    void theFirstCommitOfABranchIsMadeWhereThatIsAllowed()
    {
        const TempRepo fresh(*m_world, u"fresh"_s, TempRepo::Start::Unborn);
        fresh.write("a", "x\n");
        m_runner->loaded.settings.allowInitialCommit = false;
        QCOMPARE(m_runner->once(fresh).state, RunState::Skipped);
        QVERIFY(fresh.head().isEmpty());
        m_runner->loaded.settings.allowInitialCommit = true;
        const RunReport report = m_runner->once(fresh);
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QVERIFY(fresh.git({u"status"_s, u"--porcelain"_s}).isEmpty());
    }

    void statesThatAreNotOursToTouchAreSkipped_data()
    {
        QTest::addColumn<QString>("state");
        QTest::addColumn<ErrorKind>("expected");
        QTest::newRow("detached HEAD") << u"detached"_s << ErrorKind::DetachedHead;
        QTest::newRow("conflicted merge") << u"merge"_s << ErrorKind::OperationInProgress;
        QTest::newRow("rebase") << u"rebase"_s << ErrorKind::OperationInProgress;
        QTest::newRow("cherry-pick") << u"cherry-pick"_s << ErrorKind::OperationInProgress;
        QTest::newRow("revert") << u"revert"_s << ErrorKind::OperationInProgress;
        QTest::newRow("bisect") << u"bisect"_s << ErrorKind::OperationInProgress;
        QTest::newRow("unmerged paths after a stash") << u"unmerged"_s << ErrorKind::UnmergedPaths;
        QTest::newRow("index.lock") << u"lock"_s << ErrorKind::LockHeld;
        QTest::newRow("core.worktree elsewhere") << u"worktree"_s << ErrorKind::Untrusted;
        QTest::newRow("objects borrowed from elsewhere") << u"alternates"_s << ErrorKind::Untrusted;
    }
    void statesThatAreNotOursToTouchAreSkipped()
    {
        QFETCH(QString, state);
        const auto git = [&](const QStringList &arguments) { repo().git(arguments, true); };
        git({u"switch"_s, u"-qc"_s, u"side"_s});
        repo().write("README", "side\n");
        git({u"commit"_s, u"-qam"_s, u"side"_s});
        git({u"switch"_s, u"-q"_s, u"main"_s});
        repo().write("README", "main, and different\n");
        git({u"commit"_s, u"-qam"_s, u"main"_s});
        if (state == u"detached"_s)
            git({u"switch"_s, u"-q"_s, u"--detach"_s});
        else if (state == u"merge"_s)
            git({u"merge"_s, u"-q"_s, u"side"_s});
        else if (state == u"rebase"_s)
            git({u"rebase"_s, u"-q"_s, u"side"_s});
        else if (state == u"cherry-pick"_s)
            git({u"cherry-pick"_s, u"side"_s});
        else if (state == u"revert"_s)
            git({u"revert"_s, u"--no-edit"_s, u"HEAD~1"_s});
        else if (state == u"bisect"_s)
            git({u"bisect"_s, u"start"_s});
        else if (state == u"unmerged"_s) {
            repo().write("README", "stashed, again different\n");
            git({u"stash"_s, u"-q"_s});
            repo().write("README", "third version\n");
            git({u"commit"_s, u"-qam"_s, u"third"_s});
            git({u"stash"_s, u"pop"_s, u"-q"_s});
        } else if (state == u"lock"_s)
            repo().write(".git/index.lock", "", 0);
        else if (state == u"worktree"_s)
            git({u"config"_s, u"core.worktree"_s, m_world->path(u"home"_s)});
        else if (state == u"alternates"_s) {
            m_world->git(m_world->path(u"home"_s), {u"init"_s, u"-q"_s, u"lender"_s});
            repo().write(".git/objects/info/alternates", "# lent\n../../../home/lender/.git/objects\n", 0);
        }
        repo().write("new", "uncommitted\n");
        const Before before{repo()};
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Skipped);
        QVERIFY(report.error.has_value());
        QTEST(report.error->kind, "expected");
        QVERIFY(before.holds());
        if (state == u"worktree"_s)
            git({u"config"_s, u"--unset"_s, u"core.worktree"_s});
    }

    void aDiskThatIsAlmostFullIsNoticedBeforeAnythingIsWritten()
    {
        QDir().mkpath(m_world->path(u"small"_s));
        Mounted disk(m_world->path(u"small"_s));
        if (!disk.asSmallDisk("size=12m"))
            QSKIP("a file system of its own cannot be mounted here");
        const TempRepo repo(*m_world, u"small/repo"_s);
        repo.write("large", QByteArray(3 << 20, 'x'));
        const Before before{repo};
        const RunReport report = m_runner->once(repo);
        QVERIFY(report.error);
        QCOMPARE(report.error->kind, ErrorKind::DiskFull);
        QVERIFY(before.holds());
        QVERIFY(disk.larger());
        QCOMPARE(m_runner->once(repo).state, RunState::Committed);
    }

    void aLenderThatIsTrustedMayLend()
    {
        m_world->git(m_world->path(u"home"_s), {u"init"_s, u"-q"_s, u"lender"_s});
        repo().write(".git/objects/info/alternates", "../../../home/lender/.git/objects\n", 0);
        repo().write("new", "uncommitted\n");
        m_runner->loaded.settings.trustedAlternates = {m_world->path(u"home/lender"_s)};
        QCOMPARE(once().state, RunState::Committed);
        repo().write("newer", "uncommitted\n");
        m_runner->loaded.settings.trustedAlternates = {m_world->path(u"home/lend"_s)}; // no more than a similar name
        QCOMPARE(once().state, RunState::Skipped);
    }

    void pathsThatMustNotBeCommittedAreNamedWithTheirReason_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("rule");
        QTest::newRow("dangerous name") << QByteArray(".env") << QByteArray("A=1\n") << u"name:"_s;
        QTest::newRow("conflict markers")
            << QByteArray("merged.txt") << QByteArray("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> side\n")
            << u"conflict-markers"_s;
        QTest::newRow("private key") << QByteArray("notes.txt")
                                     << QByteArray("-----BEGIN RSA "
                                                   "PRIVATE KEY-----\n"
                                                   + QByteArray(64, 'A') + "\n" + QByteArray(64, 'b')
                                                   + "\n-----END RSA "
                                                     "PRIVATE KEY-----\n")
                                     << u"secret:"_s;
        QTest::newRow("editor's temporary file") << QByteArray(".notes.txt.swp") << QByteArray("x") << u"name:"_s;
    }
    void pathsThatMustNotBeCommittedAreNamedWithTheirReason()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, content);
        QFETCH(QString, rule);
        repo().write(path, content);
        repo().write("innocent", "fine\n");
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Committed);
        QVERIFY2(ruleAgainst(report, path).startsWith(rule), qPrintable(ruleAgainst(report, path)));
        QCOMPARE(repo().read(path), content);
        QCOMPARE(repo().git({u"ls-tree"_s, u"-r"_s, u"--name-only"_s, u"HEAD"_s}), "README\ninnocent");
        QCOMPARE(m_runner->once(repo()).state, RunState::Clean); // and it is not an error the next time either
    }

    void aSecretNeverReachesTheObjectStore()
    {
        const QByteArray secret = "ghp_" + QByteArray("0123456789abcdefABCDEFghijklMNOPqrst");
        repo().write("config.py", "token = '" + secret + "'\n");
        QVERIFY(ruleAgainst(once(), "config.py").startsWith(u"secret:"_s));
        const QByteArray objects = repo().git({u"cat-file"_s, u"--batch-all-objects"_s, u"--batch"_s});
        QVERIFY(!objects.contains(secret));
    }

    void aLargeFileStaysOut()
    {
        m_runner->loaded.settings.maxFileBytes = 1000;
        repo().write("small", QByteArray(900, 'x'));
        repo().write("large", QByteArray(1100, 'x'));
        const RunReport report = once();
        QCOMPARE(ruleAgainst(report, "large"), u"too-large"_s);
        QVERIFY(repo().blobAt("HEAD", "large").isEmpty());
        QCOMPARE(repo().blobAt("HEAD", "small").size(), 900);
    }

    void anUnreadableFileDoesNotStopTheRest()
    {
        if (::geteuid() == 0)
            QSKIP("root reads everything");
        repo().write("locked", "x");
        ::chmod(QFile::encodeName(repo().file("locked")).constData(), 0000);
        repo().write("open", "x");
        QCOMPARE(ruleAgainst(once(), "locked"), u"unreadable"_s);
        QCOMPARE(repo().blobAt("HEAD", "open"), "x");
    }

    void fifosSocketsAndLinksAreHandled()
    {
        const QByteArray top = QFile::encodeName(repo().path()) + '/';
        QCOMPARE(::mkfifo((top + "pipe").constData(), 0600), 0);
        m_runner->loaded.settings.fileQuiet = std::chrono::seconds(0);
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

    void repositoriesInsideAreLeftOut()
    {
        const TempRepo withCommit(*m_world, u"r/nested"_s);
        const TempRepo unborn(*m_world, u"r/unborn"_s, TempRepo::Start::Unborn);
        unborn.write("x", "x");
        repo().write("outer", "x");
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(ruleAgainst(report, "nested/"), u"nested-repository"_s);
        QVERIFY(!repo().git({u"ls-tree"_s, u"HEAD"_s}).contains("160000"));
        QCOMPARE(repo().blobAt("HEAD", "outer"), "x");
    }

    void aMovedSubmoduleIsRecordedOnceItsCommitIsOnItsRemote()
    {
        const TempRepo library(*m_world, u"library"_s);
        repo().git({u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s, library.path(),
                    u"lib"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"add lib"_s});
        m_world->git(repo().path() + u"/lib"_s, {u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"moved"_s});
        QCOMPARE(ruleAgainst(once(), "lib"), u"submodule"_s);
        QCOMPARE(repo().subjects().first(), "add lib");

        const QByteArray moved = m_world->git(repo().path() + u"/lib"_s, {u"rev-parse"_s, u"HEAD"_s});
        m_world->git(repo().path() + u"/lib"_s, {u"update-ref"_s, u"refs/remotes/origin/main"_s, u"HEAD"_s});
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QVERIFY(report.excluded.isEmpty());
        QCOMPARE(repo().git({u"rev-parse"_s, u"HEAD:lib"_s}), moved);
        QVERIFY(repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
        QVERIFY2(report.commits.first().subject.contains(u"lib"_s), qPrintable(report.commits.first().subject));
    }

    void aSubmoduleAtRestIsNoTrouble()
    {
        const TempRepo library(*m_world, u"library"_s);
        repo().git({u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s, library.path(),
                    u"lib"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"add lib"_s});
        const QString lib = repo().path() + u"/lib"_s;
        m_world->git(lib, {u"checkout"_s, u"-q"_s, u"--detach"_s});
        QCOMPARE(m_runner->once(lib).state, RunState::Clean);
        QFile file(lib + u"/new"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QCOMPARE(m_runner->once(lib).state, RunState::Skipped);
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

    void namesThatClashElsewhereAreHeldBack()
    {
        repo().write("Makefile2", "x");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        repo().write("makefile2", "y");
        repo().write("caf\xc3\xa9", "composed");
        repo().write("cafe\xcc\x81", "decomposed");
        const RunReport report = once();
        QCOMPARE(ruleAgainst(report, "makefile2"), u"name-clash"_s);
        QCOMPARE(ruleAgainst(report, "caf\xc3\xa9"), u"name-clash"_s);
        QCOMPARE(ruleAgainst(report, "cafe\xcc\x81"), u"name-clash"_s);
    }

    void aStormOfNewFilesIsHeldAndNamedOnce()
    {
        m_runner->loaded.settings.maxNewFiles = 50;
        for (int i = 0; i < 60; ++i)
            repo().write("cache/f" + QByteArray::number(i), "x");
        repo().write("README", "changed\n");
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(ruleAgainst(report, "cache/"), u"bulk:new-files"_s);
        QCOMPARE(report.excluded.size(), 1);
        QCOMPARE(repo().git({u"ls-files"_s}), "README");
    }

    void anEmptiedTreeIsHeld()
    {
        for (int i = 0; i < 20; ++i)
            repo().write("f" + QByteArray::number(i), "x");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        for (int i = 0; i < 15; ++i)
            repo().remove("f" + QByteArray::number(i));
        const Before before{repo()};
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Skipped);
        QCOMPARE(report.error->kind, ErrorKind::BulkHold);
        QVERIFY(before.holds());
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

    void aModeStormIsHeldASingleModeChangeIsNot()
    {
        for (int i = 0; i < 30; ++i)
            repo().write("f" + QByteArray::number(i), "x");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        ::chmod(QFile::encodeName(repo().file("f0")).constData(), 0755);
        QCOMPARE(once().state, RunState::Committed);
        for (int i = 1; i < 30; ++i)
            ::chmod(QFile::encodeName(repo().file("f" + QByteArray::number(i))).constData(), 0755);
        const RunReport report = once();
        QVERIFY(report.commits.isEmpty());
        QCOMPARE(ruleAgainst(report, "./"), u"bulk:mode-changes"_s);
    }

    void lineEndChurnIsNotCommitted()
    {
        repo().write("text", "a\nb\nc\n");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        repo().write("text", "a\r\nb\r\nc\r\n");
        const RunReport report = once();
        QVERIFY(report.commits.isEmpty());
        QCOMPARE(ruleAgainst(report, "text"), u"line-endings"_s);
    }

    void filesOfAFilterThatIsNotSetUpStayOut()
    {
        repo().write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n*.enc filter=git-crypt\n");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"attributes"_s});
        repo().write("x.bin", "raw");
        repo().write("x.enc", "in clear");
        repo().write("x.txt", "text");
        const RunReport report = once();
        QCOMPARE(ruleAgainst(report, "x.bin"), u"filter"_s);
        QCOMPARE(ruleAgainst(report, "x.enc"), u"filter"_s);
        QCOMPARE(repo().blobAt("HEAD", "x.txt"), "text");
    }

    void aConfiguredLineEndConversionIsNoReasonToLeaveAFileOut()
    {
        repo().git({u"config"_s, u"core.autocrlf"_s, u"input"_s});
        repo().write("dos.txt", "a\r\nb\r\n");
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(repo().blobAt("HEAD", "dos.txt"), "a\nb\n");
    }

    void programsThatOnlyTheRepositoryNamesAreNotRun()
    {
        const QString canary = m_world->path(u"canary"_s);
        const QString touch = u"touch "_s + canary + u"; cat"_s;
        for (const QString &key :
             {u"core.fsmonitor"_s, u"filter.evil.clean"_s, u"filter.evil.smudge"_s, u"filter.evil.process"_s,
              u"diff.external"_s, u"diff.evil.textconv"_s, u"diff.evil.command"_s, u"core.pager"_s, u"core.editor"_s,
              u"credential.helper"_s, u"core.sshCommand"_s, u"gpg.program"_s, u"trailer.x.cmd"_s,
              u"merge.evil.driver"_s, u"alias.status"_s})
            repo().git({u"config"_s, key, touch});
        repo().write(".gitattributes", "*.txt diff=evil merge=evil\n*.evil filter=evil\n");
        repo().git({u"-c"_s, u"filter.evil.clean="_s, u"-c"_s, u"filter.evil.process="_s, u"-c"_s,
                    u"core.fsmonitor=false"_s, u"add"_s, u"-A"_s});
        repo().git({u"-c"_s, u"core.fsmonitor=false"_s, u"commit"_s, u"-qm"_s, u"attributes"_s});
        QFile::remove(canary);
        repo().write("a.txt", "x\n");
        repo().write("a.evil", "x\n");
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(ruleAgainst(report, "a.evil"), u"filter"_s);
        QVERIFY(!QFile::exists(canary));
        for (const QString &section :
             {u"core.fsmonitor"_s, u"filter.evil.clean"_s, u"filter.evil.smudge"_s, u"filter.evil.process"_s})
            repo().git({u"config"_s, u"--unset"_s, section});
    }

    void hooksRunAndARejectionIsRespected()
    {
        repo().write(".git/hooks/pre-commit", "#!/bin/sh\ngit diff --cached --name-only > seen\ntest ! -e forbidden\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/pre-commit")).constData(), 0755);
        repo().write(".git/info/exclude", "seen\nforbidden\n");
        repo().write("a", "x\n");
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(repo().read("seen"), "a\n");
        repo().write("forbidden", "");
        repo().write("a", "xyz\n");
        const QByteArray head = repo().head();
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.error->kind, ErrorKind::HookRejected);
        QCOMPARE(repo().head(), head);
        QCOMPARE(repo().git({u"status"_s, u"--porcelain"_s}), "M a");
    }

    void aCommitMsgHookMayChangeTheMessage()
    {
        repo().write(".git/hooks/commit-msg", "#!/bin/sh\necho 'Reviewed: yes' >> \"$1\"\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/commit-msg")).constData(), 0755);
        repo().write("a", "x\n");
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Committed);
        QVERIFY(repo().git({u"log"_s, u"-1"_s, u"--format=%B"_s}).contains("Reviewed: yes"));
        QVERIFY(report.commits[0].body.contains(u"Reviewed: yes"_s));
    }

    void aHookThatAddsAForeignFileStopsTheCommit()
    {
        repo().write(".git/hooks/pre-commit", "#!/bin/sh\necho x > extra\ngit add extra\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/pre-commit")).constData(), 0755);
        repo().write("a", "x\n");
        const QByteArray head = repo().head();
        const RunReport report = once();
        QCOMPARE(report.error->kind, ErrorKind::HookChangedCommit);
        QCOMPARE(repo().head(), head);
    }

    void aHookThatFormatsTheFileIsCommittedAsFormatted()
    {
        repo().write(".git/hooks/pre-commit", "#!/bin/sh\nsed -i 's/ *$//' a && git add a\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/pre-commit")).constData(), 0755);
        repo().write("a", "x   \n");
        const RunReport report = once();
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(repo().blobAt("HEAD", "a"), "x\n");
        QVERIFY(repo().git({u"status"_s, u"--porcelain"_s}).isEmpty());
    }

    void aHookThatHangsIsStopped()
    {
        m_runner->loaded.settings.hookTimeout = std::chrono::seconds(1);
        repo().write(".git/hooks/pre-commit", "#!/bin/sh\nsleep 600\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/pre-commit")).constData(), 0755);
        repo().write("a", "x\n");
        const RunReport report = once();
        QCOMPARE(report.error->kind, ErrorKind::Timeout);
        QVERIFY(!QFile::exists(repo().path() + u"/.git/index.lock"_s));
    }

    void aMissingIdentityIsSaid()
    {
        m_world->git(m_world->path(), {u"config"_s, u"--global"_s, u"--unset-all"_s, u"user.email"_s});
        m_world->git(m_world->path(), {u"config"_s, u"--global"_s, u"--unset-all"_s, u"user.name"_s});
        m_world->git(m_world->path(), {u"config"_s, u"--global"_s, u"user.useConfigOnly"_s, u"true"_s});
        repo().write("a", "x\n");
        const RunReport report = once();
        QCOMPARE(report.error->kind, ErrorKind::NoIdentity);
        QVERIFY(report.reason.contains(u"user.name"_s));
    }

    void theIdentityOfADirectoryIsUsed()
    {
        m_runner->loaded.settings.userName = u"Robin"_s;
        m_runner->loaded.settings.userEmail = u"robin@example.invalid"_s;
        repo().write("a", "x\n");
        once();
        QCOMPARE(repo().git({u"log"_s, u"-1"_s, u"--format=%an <%ae> %cn <%ce>"_s}),
                 "Robin <robin@example.invalid> Robin <robin@example.invalid>");
    }

    void aDateBeforeTheParentsIsLifted()
    {
        repo().git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"from the future"_s});
        repo().git({u"-c"_s, u"user.name=x"_s, u"commit"_s, u"-q"_s, u"--amend"_s, u"--allow-empty"_s, u"--no-edit"_s,
                    u"--date=@4000000000"_s});
        QProcessEnvironment environment = m_world->environment();
        const QByteArray tree = repo().git({u"rev-parse"_s, u"HEAD^{tree}"_s});
        Q_UNUSED(tree)
        repo().write("a", "x\n");
        once();
        const QList<QByteArray> dates = repo().git({u"log"_s, u"-2"_s, u"--format=%ct"_s}).split('\n');
        QVERIFY(dates[0].toLongLong() >= dates[1].toLongLong());
    }

    void aFileStillBeingWrittenIsLeftForTheNextRun()
    {
        repo().write("fresh", "half a sent", 0);
        repo().write("old", "x");
        const RunReport report = once(); // waits for nobody
        QCOMPARE(ruleAgainst(report, "fresh"), u"being-written"_s);
        QCOMPARE(repo().blobAt("HEAD", "old"), "x");
        m_runner->options.waitForWriters = std::chrono::seconds(10);
        m_runner->loaded.settings.fileQuiet = std::chrono::seconds(1);
        repo().write("fresh", "a whole sentence", 0);
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(repo().blobAt("HEAD", "fresh"), "a whole sentence");
    }

    void aLinkedWorkTreeIsCommittedOnItsOwnBranch()
    {
        const QString linked = m_world->path(u"linked"_s);
        repo().git({u"worktree"_s, u"add"_s, u"-q"_s, u"-b"_s, u"topic"_s, linked});
        QFile file(linked + u"/new"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("x");
        file.close();
        m_runner->loaded.settings.fileQuiet = std::chrono::seconds(0);
        const RunReport report = m_runner->once(linked);
        QVERIFY2(report.state == RunState::Committed, qPrintable(report.reason));
        QCOMPARE(report.branch, u"topic"_s);
        QVERIFY(m_world->git(linked, {u"status"_s, u"--porcelain"_s}).isEmpty());
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

    void aBranchThatIsNotTheConfiguredOneIsLeftAlone()
    {
        m_runner->loaded.settings.gitBranch = u"main"_s;
        repo().git({u"switch"_s, u"-qc"_s, u"topic"_s});
        repo().write("a", "x\n");
        const RunReport report = once();
        QVERIFY(report.commits.isEmpty());
        QVERIFY(report.reason.contains(u"topic"_s));
    }

    void aTrailerIsAddedWhereItIsAskedFor()
    {
        m_runner->loaded.settings.commitTrailer = u"Committed-by: auto-commit"_s;
        repo().write("a", "x\n");
        once();
        QCOMPARE(repo().git({u"log"_s, u"-1"_s, u"--format=%(trailers)"_s}), "Committed-by: auto-commit");
    }
};

QTEST_GUILESS_MAIN(TestCommitStory)
#include "tst_commit_story.moc"
