#include "core/git/locate.h"
#include "core/recovery/stallfile.h"
#include "tests/stories/checkoutlab.h"
#include "tests/support/mounted.h"

#include <QDateTime>
#include <QDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// What is left alone, and that it is named (SAFETY section 1).
class TestHandsOffStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CheckoutLab> m_lab;

    const TempRepo &repo() const { return m_lab->repo; }
    RunReport once() const { return m_lab->once(); }

private Q_SLOTS:
    void init() { m_lab = std::make_unique<CheckoutLab>(); }
    void cleanup() { QVERIFY(m_lab->isSound()); }

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
            git({u"config"_s, u"core.worktree"_s, m_lab->world.path(u"home"_s)});
        else if (state == u"alternates"_s) {
            m_lab->world.git(m_lab->world.path(u"home"_s), {u"init"_s, u"-q"_s, u"lender"_s});
            repo().write(".git/objects/info/alternates", "# lent\n../../../home/lender/.git/objects\n", 0);
        }
        repo().write("new", "uncommitted\n");
        const Untouched before{repo()};
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Skipped);
        QVERIFY(report.error.has_value());
        QTEST(report.error->kind, "expected");
        QVERIFY(before.holds());
        if (state == u"worktree"_s)
            git({u"config"_s, u"--unset"_s, u"core.worktree"_s});
    }

    void anAbandonedLockOfAnyKindIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("lock");
        for (const char *lock : {"index.lock", "HEAD.lock", "refs/heads/main.lock", "packed-refs.lock", "shallow.lock"})
            QTest::newRow(lock) << QByteArray(lock);
    }

    /// SAFETY rows 3 and 4.
    void anAbandonedLockOfAnyKindIsSetAside()
    {
        QFETCH(QByteArray, lock);
        repo().write("new", "uncommitted\n");
        repo().write(".git/" + lock, "", 60);
        const Untouched before{repo()};
        for (const bool dry : {true, false}) {
            m_lab->runner.options.dryRun = dry;
            const RunReport young = once();
            QVERIFY(young.error);
            QCOMPARE(young.error->kind, ErrorKind::LockHeld);
            QVERIFY2(young.error->message.contains(QString::fromUtf8(lock)), qPrintable(young.error->message));
        }
        QVERIFY(before.holds());
        QVERIFY(QFile::exists(repo().file(".git/" + lock)));

        repo().write(".git/" + lock, "", 5000);
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(repo().git({u"for-each-ref"_s, u"--format=%(refname)"_s}), QByteArray("refs/heads/main"));
        const QStringList kept = QDir(repo().file(".git")).entryList({u"*.lock.stale-*"_s}, QDir::Files);
        QCOMPARE(kept.size(), 1);
        QVERIFY2(kept.first().startsWith(QString::fromUtf8(lock).replace(u'/', u'-')), qPrintable(kept.first()));
    }

    void aDiskThatIsAlmostFullIsNoticedBeforeAnythingIsWritten()
    {
        QDir().mkpath(m_lab->world.path(u"small"_s));
        Mounted disk(m_lab->world.path(u"small"_s));
        if (!disk.asSmallDisk("size=12m"))
            QSKIP("a file system of its own cannot be mounted here");
        const TempRepo repo(m_lab->world, u"small/repo"_s);
        repo.write("large", QByteArray(3 << 20, 'x'));
        const Untouched before{repo};
        const RunReport report = m_lab->runner.once(repo);
        QVERIFY(report.error);
        QCOMPARE(report.error->kind, ErrorKind::DiskFull);
        QVERIFY(before.holds());
        QVERIFY(disk.larger());
        QCOMPARE(m_lab->runner.once(repo).state, RunState::Committed);
    }

    void aLenderThatIsTrustedMayLend()
    {
        m_lab->world.git(m_lab->world.path(u"home"_s), {u"init"_s, u"-q"_s, u"lender"_s});
        repo().write(".git/objects/info/alternates", "../../../home/lender/.git/objects\n", 0);
        repo().write("new", "uncommitted\n");
        m_lab->runner.loaded.settings.trustedAlternates = {m_lab->world.path(u"home/lender"_s)};
        QCOMPARE(once().state, RunState::Committed);
        repo().write("newer", "uncommitted\n");
        m_lab->runner.loaded.settings.trustedAlternates
            = {m_lab->world.path(u"home/lend"_s)}; // no more than a similar name
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
        QCOMPARE(m_lab->runner.once(repo()).state, RunState::Clean); // and it is not an error the next time either
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
        m_lab->runner.loaded.settings.maxFileBytes = 1000;
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

    void repositoriesInsideAreLeftOut()
    {
        const TempRepo withCommit(m_lab->world, u"r/nested"_s);
        const TempRepo unborn(m_lab->world, u"r/unborn"_s, TempRepo::Start::Unborn);
        unborn.write("x", "x");
        repo().write("outer", "x");
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(ruleAgainst(report, "nested/"), u"nested-repository"_s);
        QVERIFY(!repo().git({u"ls-tree"_s, u"HEAD"_s}).contains("160000"));
        QCOMPARE(repo().blobAt("HEAD", "outer"), "x");
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
        m_lab->runner.loaded.settings.maxNewFiles = 50;
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
        const Untouched before{repo()};
        const RunReport report = once();
        QCOMPARE(report.state, RunState::Skipped);
        QCOMPARE(report.error->kind, ErrorKind::BulkHold);
        QVERIFY(before.holds());
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

    void lineEndChurnStaysBehindWhenTheRestIsCommitted()
    {
        repo().write("text", "a\nb\nc\n");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"base"_s});
        repo().write("text", "a\r\nb\r\nc\r\n");
        repo().write("other", "new\n");
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(repo().blobAt("HEAD", "text"), "a\nb\nc\n");
        QCOMPARE(repo().blobAt("HEAD", "other"), "new\n");
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

    void programsThatOnlyTheRepositoryNamesAreNotRun()
    {
        const QString canary = m_lab->world.path(u"canary"_s);
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

    void aKeyIsNotAskedOfAProgramThatOnlyTheRepositoryNames()
    {
        const QString canary = m_lab->world.path(u"key-canary"_s);
        repo().git({u"config"_s, u"gpg.format"_s, u"ssh"_s});
        repo().git({u"config"_s, u"commit.gpgSign"_s, u"true"_s});
        repo().git({u"config"_s, u"gpg.ssh.defaultKeyCommand"_s, u"touch "_s + canary});
        repo().write("a.txt", "x\n");
        QCOMPARE(once().state, RunState::Skipped);
        QVERIFY(!QFile::exists(canary));
    }

    void aCheckoutThatIsHeldBackRunsNoFilterOfItsOwn()
    {
        const QString canary = m_lab->world.path(u"held-canary"_s);
        repo().write(".gitattributes", "*.txt filter=evil\n");
        repo().write("a.txt", "x\n");
        repo().git({u"add"_s, u"-A"_s});
        repo().git({u"commit"_s, u"-qm"_s, u"attributes"_s});
        repo().git({u"config"_s, u"filter.evil.clean"_s, u"touch "_s + canary + u"; cat"_s});
        repo().write("a.txt", "y\n", 120); // as long as before, of another time: its content is looked at
        const auto location = locateRepository(repo().path());
        QVERIFY(location.ok() && QDir().mkpath(location->stateDir()));
        const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
        QVERIFY(StallFile(*location).hold({{.path = {}, .until = now + 600'000'000'000}}, now).ok());
        m_lab->runner.options.evenIfStalled = false;
        const RunReport report = once();
        QVERIFY2(report.commits.isEmpty() && report.reason.contains(u"recovery"_s), qPrintable(report.reason));
        QVERIFY(!QFile::exists(canary));
        repo().git({u"config"_s, u"--unset"_s, u"filter.evil.clean"_s});
    }

    /// What is not here may be fetched by any command, the first status among them.
    void aPartialCloneAsksNoPlaceThatIsNotAllowed()
    {
        repo().git({u"config"_s, u"core.repositoryFormatVersion"_s, u"1"_s});
        repo().git({u"config"_s, u"extensions.partialClone"_s, u"far"_s});
        repo().git({u"config"_s, u"remote.far.url"_s, u"https://127.0.0.1:9/x"_s});
        const QString tree = QString::fromLatin1(repo().git({u"rev-parse"_s, u"HEAD^{tree}"_s}));
        const QString object = repo().path() + u"/.git/objects/"_s + tree.left(2) + u'/' + tree.mid(2);
        QVERIFY(QFile::rename(object, m_lab->world.path(u"lacking"_s)));
        repo().write("a.txt", "x\n");
        m_lab->runner.loaded.settings.hubHosts = {u"hub.example"_s};
        const RunReport report = once();
        QVERIFY(QFile::rename(m_lab->world.path(u"lacking"_s), object));
        QVERIFY(report.error);
        const QString said = report.error->message + report.error->detail;
        QVERIFY2(said.contains(u"not allowed"_s), qPrintable(said));
    }

    void aMissingIdentityIsSaid()
    {
        m_lab->world.git(m_lab->world.path(), {u"config"_s, u"--global"_s, u"--unset-all"_s, u"user.email"_s});
        m_lab->world.git(m_lab->world.path(), {u"config"_s, u"--global"_s, u"--unset-all"_s, u"user.name"_s});
        m_lab->world.git(m_lab->world.path(), {u"config"_s, u"--global"_s, u"user.useConfigOnly"_s, u"true"_s});
        repo().write("a", "x\n");
        const RunReport report = once();
        QCOMPARE(report.error->kind, ErrorKind::NoIdentity);
        QVERIFY(report.reason.contains(u"user.name"_s));
    }

    void aFileStillBeingWrittenIsLeftForTheNextRun()
    {
        repo().write("fresh", "half a sent", 0);
        repo().write("old", "x");
        const RunReport report = once(); // waits for nobody
        QCOMPARE(ruleAgainst(report, "fresh"), u"being-written"_s);
        QCOMPARE(repo().blobAt("HEAD", "old"), "x");
        m_lab->runner.options.waitForWriters = std::chrono::seconds(10);
        m_lab->runner.loaded.settings.fileQuiet = std::chrono::seconds(1);
        repo().write("fresh", "a whole sentence", 0);
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(repo().blobAt("HEAD", "fresh"), "a whole sentence");
    }

    void aBranchThatIsNotTheConfiguredOneIsLeftAlone()
    {
        m_lab->runner.loaded.settings.gitBranch = u"main"_s;
        repo().git({u"switch"_s, u"-qc"_s, u"topic"_s});
        repo().write("a", "x\n");
        const RunReport report = once();
        QVERIFY(report.commits.isEmpty());
        QVERIFY(report.reason.contains(u"topic"_s));
    }
};

QTEST_GUILESS_MAIN(TestHandsOffStory)
#include "tst_hands_off_story.moc"
