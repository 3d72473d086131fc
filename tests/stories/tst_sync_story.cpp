#include "tests/support/runner.h"

#include <QTest>

#include <sys/stat.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// Two checkouts and a real bare hub.
class TestSyncStory : public QObject
{
    Q_OBJECT

    struct Lab
    {
        World world;
        TempRepo apricot{world, u"apricot"_s};
        QString hub = makeHub(world, apricot);
        QString plumPath = world.path(u"plum"_s);
        Runner runner{world};

        Lab() { world.git(world.path(), {u"clone"_s, u"-q"_s, hub, plumPath}); }

        QByteArray hubHead() const { return world.git(hub, {u"rev-parse"_s, u"main"_s}); }
        QByteArray plumHead() const { return world.git(plumPath, {u"rev-parse"_s, u"HEAD"_s}); }
        QByteArray plumStatus() const { return world.git(plumPath, {u"status"_s, u"--porcelain"_s}); }
        void writeOnPlum(const QString &name, const QByteArray &content) const
        {
            QDir().mkpath(QFileInfo(plumPath + u'/' + name).path());
            QFile file(plumPath + u'/' + name);
            if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0)
                qFatal("cannot write");
            file.flush();
            file.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime);
        }
        void hook(const QString &name, const QByteArray &script) const
        {
            QFile file(hub + u"/hooks/"_s + name);
            if (!file.open(QIODevice::WriteOnly) || file.write(script) < 0)
                qFatal("cannot write");
            file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        }
    };

    /// Somebody's push goes through whenever the hub packs objects for a fetch, `times` times.
    static void makeBusy(const Lab &lab, int times)
    {
        const QString script = lab.world.path(u"busy"_s);
        QFile file(script);
        const QByteArray count = QFile::encodeName(lab.world.path(u"count"_s));
        if (!file.open(QIODevice::WriteOnly)
            || file.write("#!/bin/sh\necho >> '" + count + "'\nif test $(wc -l < '" + count + "') -le "
                          + QByteArray::number(times)
                          + "; then c=$(git commit-tree -p main -m other main^{tree} < /dev/null) && git update-ref "
                            "refs/heads/main $c; fi\nexec \"$@\"\n")
                < 0)
            qFatal("cannot write");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        lab.world.git(lab.world.path(), {u"config"_s, u"--global"_s, u"uploadpack.packObjectsHook"_s, script});
    }

private Q_SLOTS:
    void commitsArePushedAndReadBack()
    {
        Lab lab;
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY2(report.pushed, qPrintable(report.reason));
        QCOMPARE(lab.hubHead(), lab.apricot.head());
        QVERIFY(!report.needsPush);
    }

    void aNewVersionIsTaggedWhereThatIsWanted()
    {
        Lab lab;
        lab.runner.loaded.settings.tagVersions = true;
        lab.apricot.write("package.json", "{\"name\": \"pear\", \"version\": \"1.2.0\"}\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY2(!report.error, qPrintable(report.reason));
        QCOMPARE(lab.world.git(lab.hub, {u"cat-file"_s, u"-t"_s, u"v1.2.0"_s}), "tag");
        QCOMPARE(lab.world.git(lab.hub, {u"rev-parse"_s, u"v1.2.0^{commit}"_s}), lab.apricot.head());
    }

    void aVersionMadeWhileTheHubIsAwayIsTaggedWhenItGetsThere()
    {
        Lab lab;
        lab.runner.loaded.settings.tagVersions = true;
        lab.apricot.write("package.json", "{\"name\": \"pear\", \"version\": \"1.2.0\"}\n");
        QVERIFY(QFile::rename(lab.hub, lab.hub + u".away"_s));
        QVERIFY(lab.runner.once(lab.apricot).error);
        QVERIFY(lab.apricot.git({u"tag"_s}).isEmpty());
        QVERIFY(QFile::rename(lab.hub + u".away"_s, lab.hub));
        lab.writeOnPlum(u"p"_s, "from plum\n"); // so that the tagged commit gets another name on its way
        QVERIFY(lab.runner.once(lab.plumPath).pushed);
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY2(!report.error && report.pushed, qPrintable(report.reason));
        QCOMPARE(lab.world.git(lab.hub, {u"rev-parse"_s, u"v1.2.0^{commit}"_s}), lab.apricot.head());
    }

    void aTagThatTheHubCouldNotTakeIsPushedByALaterRun()
    {
        Lab lab;
        lab.runner.loaded.settings.tagVersions = true;
        lab.hook(u"post-receive"_s, "#!/bin/sh\nmkdir -p refs/tags; : > refs/tags/v1.2.0.lock\n");
        lab.apricot.write("package.json", "{\"name\": \"pear\", \"version\": \"1.2.0\"}\n");
        const RunReport first = lab.runner.once(lab.apricot);
        QVERIFY(first.error && first.pushed);
        QCOMPARE(first.error->kind, ErrorKind::HubLocked);
        QVERIFY(QFile::remove(lab.hub + u"/refs/tags/v1.2.0.lock"_s));
        QVERIFY(QFile::remove(lab.hub + u"/hooks/post-receive"_s));
        const RunReport second = lab.runner.once(lab.apricot); // clean by now
        QVERIFY2(!second.error, qPrintable(second.reason));
        QCOMPARE(lab.world.git(lab.hub, {u"rev-parse"_s, u"v1.2.0^{commit}"_s}), lab.apricot.head());
        QCOMPARE(lab.runner.once(lab.apricot).state, RunState::Clean);
    }

    void aTagThatExistsIsLeftAlone()
    {
        Lab lab;
        lab.runner.loaded.settings.tagVersions = true;
        lab.apricot.git({u"tag"_s, u"v1.2.0"_s});
        const QByteArray before = lab.apricot.git({u"rev-parse"_s, u"v1.2.0"_s});
        lab.apricot.write("package.json", "{\"name\": \"pear\", \"version\": \"1.2.0\"}\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY2(!report.error && report.pushed, qPrintable(report.reason));
        QCOMPARE(lab.apricot.git({u"rev-parse"_s, u"v1.2.0"_s}), before);
    }

    void aVersionIsNotForgottenWhenItsPushFails()
    {
        Lab lab;
        lab.apricot.write("package.json", "{\"name\": \"pear\", \"version\": \"1.2.0\"}\n");
        lab.hook(u"pre-receive"_s, "#!/bin/sh\nexit 1\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY(report.error.has_value());
        QCOMPARE(report.versions.size(), 1);
        QCOMPARE(report.versions.first().to, u"1.2.0"_s);
    }

    void aCleanCheckoutTakesTheHubsCommitsOver()
    {
        Lab lab;
        lab.apricot.write("a", "x\n");
        lab.runner.once(lab.apricot);
        const RunReport report = lab.runner.once(lab.plumPath);
        QVERIFY(report.pulled);
        QCOMPARE(lab.plumHead(), lab.apricot.head());
        QVERIFY(lab.plumStatus().isEmpty());
    }

    void aLockThatADeadFetchLeftIsSetAsideWhenItIsOld()
    {
        Lab lab;
        lab.writeOnPlum(u"b"_s, "x\n");
        QVERIFY(lab.runner.once(lab.plumPath).pushed);
        const QByteArray lock(".git/refs/remotes/origin/main.lock");
        lab.apricot.write(lock, "", 60);
        const RunReport young = lab.runner.once(lab.apricot);
        QVERIFY(young.error);
        QCOMPARE(young.error->kind, ErrorKind::LockHeld);
        QVERIFY(QFile::exists(lab.apricot.file(lock)));
        lab.apricot.write(lock, "", 5000);
        QVERIFY(lab.runner.once(lab.apricot).pulled);
        QCOMPARE(lab.apricot.head(), lab.hubHead());
        QVERIFY(!lab.apricot.git({u"for-each-ref"_s, u"--format=%(refname)"_s}).contains("stale"));
    }

    void editsOnBothSidesEndInOneHistory()
    {
        Lab lab;
        lab.apricot.write("a", "from apricot\n");
        lab.runner.once(lab.apricot);
        lab.writeOnPlum(u"p"_s, "from plum\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QVERIFY2(report.pushed && report.pulled, qPrintable(report.reason));
        QCOMPARE(lab.hubHead(), lab.plumHead());
        QCOMPARE(QByteArray(report.commits[0].sha), lab.plumHead()); // the report names the commit as it is now
        QVERIFY(lab.plumStatus().isEmpty());
        lab.runner.once(lab.apricot);
        QCOMPARE(lab.apricot.head(), lab.hubHead());
        QCOMPARE(lab.apricot.read("p"), "from plum\n");
    }

    void aConflictTouchesNothingAndIsSaid()
    {
        Lab lab;
        lab.apricot.write("README", "apricot's version\n");
        lab.runner.once(lab.apricot);
        lab.writeOnPlum(u"README"_s, "plum's quite different version\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.error->kind, ErrorKind::Conflict);
        for (const QString &said :
             {u"README"_s, u"1 commit here and 1 commit on the hub"_s, u"git rebase origin/main"_s})
            QVERIFY2(report.reason.contains(said), qPrintable(report.reason));
        QVERIFY(report.needsPush);
        QVERIFY(lab.plumStatus().isEmpty());
        QCOMPARE(lab.hubHead(), lab.apricot.head());
        QFile kept(lab.plumPath + u"/README"_s);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), "plum's quite different version\n");
    }

    void whatConflictsIsKeptOnTheHubWhereThatIsWanted()
    {
        Lab lab;
        lab.runner.loaded.settings.keepDivergedOnHub = true;
        lab.runner.loaded.settings.hostName = u"Plum.local"_s;
        lab.apricot.write("README", "apricot's version\n");
        lab.runner.once(lab.apricot);
        const QByteArray main = lab.hubHead();
        const auto kept = [&](const QString &branch) {
            return lab.world.git(lab.hub, {u"rev-parse"_s, u"--verify"_s, u"-q"_s, u"refs/heads/"_s + branch}, true);
        };
        lab.writeOnPlum(u"README"_s, "plum's quite different version\n");
        QCOMPARE(lab.runner.once(lab.plumPath).error->kind, ErrorKind::Conflict);
        QCOMPARE(kept(u"auto-commit/plum-local/main"_s), lab.plumHead());
        QCOMPARE(lab.hubHead(), main);

        lab.world.git(lab.plumPath, {u"commit"_s, u"-q"_s, u"--amend"_s, u"-m"_s, u"said otherwise"_s});
        lab.runner.once(lab.plumPath);
        const QByteArray amended = lab.plumHead();
        QCOMPARE(kept(u"auto-commit/plum-local/main-"_s + QString::fromLatin1(amended.left(10))), amended);
        QVERIFY(kept(u"auto-commit/plum-local/main"_s) != amended); // never forced
    }

    void anIgnoredFileIsNeverOverwrittenByAPull()
    {
        Lab lab;
        lab.apricot.write("local.cfg", "tracked now\n");
        lab.runner.once(lab.apricot);
        lab.writeOnPlum(u".git/info/exclude"_s, "local.cfg\n");
        lab.writeOnPlum(u"local.cfg"_s, "precious\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QCOMPARE(report.error->kind, ErrorKind::WouldOverwrite);
        QFile kept(lab.plumPath + u"/local.cfg"_s);
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), "precious\n");
    }

    void aConflictOverALongRowOfCommitsCountsBothSides()
    {
        Lab lab;
        for (const QByteArray &text : {QByteArray("one\n"), QByteArray("three\n")}) {
            lab.apricot.write("README", text);
            lab.runner.once(lab.apricot);
        }
        lab.writeOnPlum(u"README"_s, "plum's quite different version\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QVERIFY2(report.reason.contains(u"1 commit here and 2 commits on the hub"_s), qPrintable(report.reason));
    }

    void aDirtyTreeIsNeverPulled()
    {
        Lab lab;
        lab.apricot.write("a", "x\n");
        lab.runner.once(lab.apricot);
        lab.writeOnPlum(u"README"_s, "staged by hand\n");
        lab.world.git(lab.plumPath, {u"add"_s, u"README"_s});
        const QByteArray head = lab.plumHead();
        lab.runner.once(lab.plumPath);
        QCOMPARE(lab.plumHead(), head);
        QCOMPARE(lab.plumStatus(), "M  README");
    }

    /// What will have to be merged is said while both sides are fresh in mind.
    void whatTheHubChangesTooIsNamedWhileItWaits()
    {
        Lab lab;
        for (const QByteArray name : {"a", "b", "c", "d", "e", "f"})
            lab.apricot.write(name, "one\n");
        QVERIFY(lab.runner.once(lab.apricot).pushed);
        QVERIFY(lab.runner.once(lab.plumPath).pulled);
        for (const QByteArray name : {"a", "b", "c", "d", "f"})
            lab.apricot.write(name, "from apricot\n");
        QVERIFY(lab.runner.once(lab.apricot).pushed);
        lab.writeOnPlum(u"e"_s, "staged by hand\n"); // the hub does not touch it
        lab.world.git(lab.plumPath, {u"add"_s, u"e"_s});
        const QString before = lab.runner.once(lab.plumPath).reason;
        QVERIFY2(before.endsWith(u"for a clean work tree"_s), qPrintable(before));
        for (const QString &name : {u"a"_s, u"b"_s, u"c"_s, u"d"_s}) {
            lab.writeOnPlum(name, "staged by hand\n");
            lab.world.git(lab.plumPath, {u"add"_s, name});
        }
        const QString reason = lab.runner.once(lab.plumPath).reason;
        QVERIFY2(reason.contains(u"4 of the files changed here are changed there too: a, b, c and 1 more"_s),
                 qPrintable(reason));
    }

    void anEditThatComesAsTheHubsCommitsComeIsKept_data()
    {
        QTest::addColumn<QByteArray>("edit");
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("of a file that the hub changes") << QByteArray("echo mine >> ssl") << QByteArray("ssl");
        QTest::newRow("of one that the hub leaves alone") << QByteArray("echo mine >> other") << QByteArray("other");
        QTest::newRow("staged") << QByteArray("echo mine >> ssl; git add ssl") << QByteArray("ssl");
        QTest::newRow("a new file where the hub brings one") << QByteArray("echo mine > new") << QByteArray("new");
    }
    /// git is started through a script that edits once, right before the files are to move.
    void anEditThatComesAsTheHubsCommitsComeIsKept()
    {
        QFETCH(QByteArray, edit);
        QFETCH(QByteArray, file);
        Lab lab;
        lab.apricot.write("ssl", "one\n");
        lab.apricot.write("other", "one\n");
        QVERIFY(lab.runner.once(lab.apricot).pushed);
        QVERIFY(lab.runner.once(lab.plumPath).pulled);
        lab.apricot.write("ssl", "one from apricot\n");
        lab.apricot.write("new", "from apricot\n");
        QVERIFY(lab.runner.once(lab.apricot).pushed);
        const QString script = lab.world.path(u"editing-git"_s);
        QFile program(script);
        const QByteArray done = QFile::encodeName(lab.world.path(u"done"_s));
        const QByteArray git = QFile::encodeName(lab.world.tools().program);
        QVERIFY(program.open(QIODevice::WriteOnly)
                && program.write("#!/bin/sh\ncase \" $* \" in *\" read-tree -m \"*) test -e '" + done + "' || { : > '"
                                 + done + "'; " + edit + "; } < /dev/null;; esac\nexec '" + git + "' \"$@\"\n")
                    > 0);
        program.close();
        program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        lab.runner.program = script;
        const RunReport report = lab.runner.once(lab.plumPath);
        QVERIFY(QFile::exists(lab.world.path(u"done"_s)));
        const bool inTheWay = report.error && report.error->kind == ErrorKind::WouldOverwrite;
        QVERIFY2(!report.error || inTheWay, qPrintable(report.reason));
        QCOMPARE(inTheWay, file == "new");
        QFile edited(lab.plumPath + u'/' + QString::fromLatin1(file));
        QVERIFY(edited.open(QIODevice::ReadOnly));
        QVERIFY(edited.readAll().contains("mine"));
        QVERIFY(!QFile::exists(lab.plumPath + u"/.git/index.lock"_s));
    }

    void whatCouldNotBePushedIsPushedLater()
    {
        Lab lab;
        QVERIFY(QDir().rename(lab.hub, lab.hub + u".away"_s));
        lab.apricot.write("a", "x\n");
        const RunReport offline = lab.runner.once(lab.apricot);
        QCOMPARE(offline.state, RunState::Failed);
        QCOMPARE(offline.commits.size(), 1);
        QVERIFY(offline.needsPush);
        QVERIFY(QDir().rename(lab.hub + u".away"_s, lab.hub));
        const RunReport online = lab.runner.once(lab.apricot);
        QVERIFY2(online.pushed, qPrintable(online.reason));
        QCOMPARE(lab.hubHead(), lab.apricot.head());
    }

    void theHubsOwnWordsReachTheUser()
    {
        Lab lab;
        lab.hook(u"pre-receive"_s, "#!/bin/sh\necho 'policy: use a ticket id' >&2\nexit 1\n");
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY2(report.reason.contains(u"policy: use a ticket id"_s), qPrintable(report.reason));
    }

    void aPushThatTheRepositorysOwnHookRefusesIsNamedSo()
    {
        Lab lab;
        const QString hook = lab.apricot.path() + u"/.git/hooks/pre-push"_s;
        QDir().mkpath(QFileInfo(hook).path());
        QFile file(hook);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho 'not before noon' >&2\nexit 1\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        file.close();
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY(report.error);
        QCOMPARE(report.error->kind, ErrorKind::HookRejected);
        QVERIFY2(report.reason.contains(u"pre-push"_s), qPrintable(report.reason));
        QVERIFY(report.needsPush);
    }

    void theHubsRefusalIsClassified_data()
    {
        QTest::addColumn<QByteArray>("says");
        QTest::addColumn<ErrorKind>("expected");
        QTest::newRow("protected") << QByteArray("GH006: Protected branch update failed") << ErrorKind::ProtectedBranch;
        QTest::newRow("Forgejo") << QByteArray("Not allowed to push to protected branch main")
                                 << ErrorKind::ProtectedBranch;
        QTest::newRow("secret") << QByteArray("GH013: Push cannot contain secrets") << ErrorKind::RejectedSecret;
        QTest::newRow("size") << QByteArray("File big.iso is 200 MB; this exceeds the file size limit of 100 MB")
                              << ErrorKind::RejectedSize;
        QTest::newRow("own rule") << QByteArray("no commits on fridays") << ErrorKind::RejectedByHub;
        QTest::newRow("hostile text") << QByteArray("\\033[31mred\\033]0;title\\007 no") << ErrorKind::RejectedByHub;
    }
    void theHubsRefusalIsClassified()
    {
        QFETCH(QByteArray, says);
        Lab lab;
        lab.hook(u"pre-receive"_s, "#!/bin/sh\nprintf '" + says + "\\n' >&2\nexit 1\n");
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QCOMPARE(report.state, RunState::Failed);
        QTEST(report.error->kind, "expected");
        QVERIFY(!report.error->message.contains(QChar(0x1b)) && !report.error->detail.contains(QChar(0x1b)));
        QCOMPARE(report.commits.size(), 1);
    }

    /// What is not here is fetched by whatever git command reads it, under the same rules as a fetch.
    void aPartialCloneReadsWhatItLacks()
    {
        Lab lab;
        lab.world.git(lab.hub, {u"config"_s, u"uploadpack.allowFilter"_s, u"true"_s});
        lab.world.git(lab.hub, {u"config"_s, u"uploadpack.allowAnySHA1InWant"_s, u"true"_s});
        lab.apricot.write("one", "the first text of it\n");
        lab.runner.once(lab.apricot);
        const QString path = lab.world.path(u"partial"_s);
        lab.world.git(lab.world.path(),
                      {u"clone"_s, u"-q"_s, u"--no-checkout"_s, u"--filter=blob:none"_s, u"file://"_s + lab.hub, path});
        lab.world.git(path, {u"reset"_s, u"-q"_s}); // the index, no blobs
        for (const QByteArray &name : {QByteArray("one"), QByteArray("README")}) {
            QFile file(path + u'/' + QString::fromLatin1(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write("another text for " + name + "\n") > 0);
            QVERIFY(file.flush());
            file.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime);
        }
        const RunReport report = lab.runner.once(path);
        QVERIFY2(!report.error && report.pushed, qPrintable(report.reason));
        QCOMPARE(lab.world.git(lab.hub, {u"show"_s, u"main:one"_s}), "another text for one");
    }

    void aRewrittenHubIsNotFollowed()
    {
        Lab lab;
        lab.apricot.write("a", "x\n");
        lab.runner.once(lab.apricot);
        lab.runner.once(lab.plumPath);
        lab.apricot.git({u"commit"_s, u"-q"_s, u"--amend"_s, u"-m"_s, u"rewritten"_s});
        lab.apricot.git({u"push"_s, u"-q"_s, u"--force"_s, u"origin"_s, u"main"_s});
        const QByteArray head = lab.plumHead();
        const RunReport report = lab.runner.once(lab.plumPath);
        QCOMPARE(report.error->kind, ErrorKind::HistoryRewritten);
        QCOMPARE(lab.plumHead(), head);
    }

    void whatWasTakenOutOfTheHubIsNotBroughtBack_data()
    {
        QTest::addColumn<bool>("replaced");
        QTest::addColumn<bool>("workOnTop");
        QTest::addColumn<QString>("follow");
        QTest::newRow("another commit instead") << true << false << u"`git reset --keep origin/main`"_s;
        QTest::newRow("wound back") << false << false << u"`git reset --keep origin/main`"_s;
        QTest::newRow("another commit instead, and work here") << true << true << u"`git rebase --onto origin/main "_s;
        QTest::newRow("wound back, and work here") << false << true << u"`git rebase --onto origin/main "_s;
    }
    void whatWasTakenOutOfTheHubIsNotBroughtBack()
    {
        QFETCH(bool, replaced);
        QFETCH(bool, workOnTop);
        QFETCH(QString, follow);
        Lab lab;
        lab.apricot.write("secret", "x\n");
        lab.runner.once(lab.apricot);
        lab.runner.once(lab.plumPath);
        lab.apricot.git({u"reset"_s, u"-q"_s, u"--hard"_s, u"HEAD~1"_s});
        if (replaced)
            lab.apricot.git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"instead"_s});
        lab.apricot.git({u"push"_s, u"-q"_s, u"--force"_s, u"origin"_s, u"main"_s});
        lab.world.git(lab.plumPath, {u"fetch"_s, u"-q"_s}); // as an IDE does
        if (workOnTop)
            lab.writeOnPlum(u"work"_s, "work\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QVERIFY(report.error.has_value());
        QCOMPARE(report.error->kind, ErrorKind::HistoryRewritten);
        QVERIFY2(report.reason.contains(follow), qPrintable(report.reason));
        QVERIFY(replaced || report.reason.contains(u"`git push origin HEAD:main`"_s));
        QCOMPARE(lab.hubHead(), lab.apricot.head());
        QCOMPARE(report.commits.size(), workOnTop ? 1 : 0);
        const qsizetype at = report.reason.indexOf(follow) + 1; // what is advised ends it
        const QString command = report.reason.mid(at, report.reason.indexOf(u'`', at) - at);
        lab.world.git(lab.plumPath, command.split(u' ').sliced(1));
        const RunReport after = lab.runner.once(lab.plumPath);
        QVERIFY2(!after.error, qPrintable(after.reason));
        QCOMPARE(after.pushed, workOnTop);
        QCOMPARE(lab.world.git(lab.hub, {u"ls-tree"_s, u"--name-only"_s, u"main"_s, u"secret"_s}), QByteArray());
    }

    void aBranchWithoutUpstreamIsCommittedAndStaysHere()
    {
        Lab lab;
        lab.apricot.git({u"switch"_s, u"-qc"_s, u"private"_s});
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QCOMPARE(report.state, RunState::Committed);
        QVERIFY(!report.pushed && !report.needsPush);
        QCOMPARE(lab.world.git(lab.hub, {u"branch"_s}), "* main");
    }

    void aPushRaceIsGoneOnWithAndThenLeftToTheNextRun_data()
    {
        QTest::addColumn<int>("times");
        QTest::addColumn<bool>("won");
        QTest::newRow("lost four times") << 4 << true;
        QTest::newRow("lost every time") << 100 << false;
    }
    void aPushRaceIsGoneOnWithAndThenLeftToTheNextRun()
    {
        QFETCH(int, times);
        QFETCH(bool, won);
        Lab lab;
        lab.apricot.write("a", "x\n");
        lab.runner.once(lab.apricot);
        makeBusy(lab, times);
        lab.writeOnPlum(u"b"_s, "y\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QVERIFY2(!report.error, qPrintable(report.reason));
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(report.pushed, won);
        QCOMPARE(report.needsPush, !won);
        QCOMPARE(report.reason.contains(u"the hub moved on"_s), !won);
        lab.world.git(lab.world.path(), {u"config"_s, u"--global"_s, u"--unset"_s, u"uploadpack.packObjectsHook"_s});
        lab.runner.once(lab.plumPath);
        QCOMPARE(lab.hubHead(), lab.plumHead());
    }

    void aPushThatAnotherOvertakesOnTheHubIsTriedAgain()
    {
        Lab lab;
        lab.hook(u"update"_s,
                 "#!/bin/sh\nunset GIT_QUARANTINE_PATH\ntest -e once && exit 0\ntouch once\n"
                 "c=$(git -c user.name=o -c user.email=o@x commit-tree -p main -m other main^{tree}) && git update-ref "
                 "refs/heads/main $c\n");
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QVERIFY2(report.pushed, qPrintable(report.reason));
        QCOMPARE(lab.hubHead(), lab.apricot.head());
        QCOMPARE(lab.apricot.subjects().value(1), "other");
    }

    void withoutThePullHalfAMovedHubIsSaid()
    {
        Lab lab;
        lab.apricot.write("a", "x\n");
        lab.runner.once(lab.apricot);
        lab.runner.options.pull = false;
        lab.writeOnPlum(u"b"_s, "y\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QCOMPARE(report.error->kind, ErrorKind::NonFastForward);
        QVERIFY2(report.reason.contains(u"without --no-pull"_s), qPrintable(report.reason));
    }

    void aHubThatWasWoundBackIsNotFilledAgain()
    {
        Lab lab;
        lab.apricot.write("a", "x\n");
        lab.runner.once(lab.apricot);
        lab.runner.once(lab.plumPath);
        lab.world.git(lab.hub, {u"update-ref"_s, u"refs/heads/main"_s, u"main~1"_s});
        const QByteArray before = lab.hubHead();
        lab.writeOnPlum(u"b"_s, "y\n"); // on top of what is gone, and nobody fetched
        const RunReport report = lab.runner.once(lab.plumPath);
        QCOMPARE(report.commits.size(), 1);
        QVERIFY(report.error.has_value());
        QCOMPARE(report.error->kind, ErrorKind::HistoryRewritten);
        QCOMPARE(lab.hubHead(), before);
    }

    void aBranchThatWasDeletedOnTheHubIsNotMadeAgain()
    {
        Lab lab;
        lab.apricot.git({u"switch"_s, u"-qc"_s, u"feat"_s});
        lab.apricot.git({u"config"_s, u"branch.feat.remote"_s, u"origin"_s});
        lab.apricot.git({u"config"_s, u"branch.feat.merge"_s, u"refs/heads/feat"_s});
        lab.apricot.write("a", "x\n");
        QVERIFY(lab.runner.once(lab.apricot).pushed); // it was never there: made
        lab.world.git(lab.hub, {u"branch"_s, u"-qD"_s, u"feat"_s});
        lab.apricot.write("a", "y, and more\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QCOMPARE(report.commits.size(), 1);
        QVERIFY(report.error.has_value() && report.needsPush);
        QCOMPARE(report.error->kind, ErrorKind::UpstreamGone);
        QCOMPARE(lab.world.git(lab.hub, {u"branch"_s}), "* main");
        QVERIFY2(report.reason.contains(u"`git push origin HEAD:feat`"_s), qPrintable(report.reason));
        QCOMPARE(lab.runner.once(lab.apricot).reason, report.reason); // a clean checkout says the same
        lab.apricot.git({u"push"_s, u"-q"_s, u"origin"_s, u"HEAD:feat"_s});
        lab.apricot.write("a", "z, and still more\n");
        QVERIFY(lab.runner.once(lab.apricot).pushed);
    }

    void aPushThatTheHubForgetsAtOnceIsNotCalledDone()
    {
        Lab lab;
        lab.apricot.write("a", "x\n");
        lab.hook(u"post-receive"_s, "#!/bin/sh\ngit update-ref -d refs/heads/main\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QCOMPARE(report.commits.size(), 1);
        QVERIFY(report.error.has_value() && report.needsPush);
        QCOMPARE(report.error->kind, ErrorKind::NotVerified);
    }

    void aBranchThatFollowsAnotherIsPushedAsGitWould_data()
    {
        QTest::addColumn<QString>("pushDefault");
        QTest::addColumn<QString>("branch");
        QTest::addColumn<bool>("goesThere");
        QTest::newRow("unset") << u""_s << u"feat"_s << false;
        QTest::newRow("simple") << u"simple"_s << u"feat"_s << false;
        QTest::newRow("current") << u"current"_s << u"feat"_s << false;
        QTest::newRow("matching") << u"matching"_s << u"feat"_s << false;
        QTest::newRow("upstream") << u"upstream"_s << u"feat"_s << true;
        QTest::newRow("tracking") << u"tracking"_s << u"feat"_s << true;
        QTest::newRow("nothing") << u"nothing"_s << u"main"_s << false;
        QTest::newRow("current, same name") << u"current"_s << u"main"_s << true;
    }
    void aBranchThatFollowsAnotherIsPushedAsGitWould()
    {
        QFETCH(QString, pushDefault);
        QFETCH(QString, branch);
        QFETCH(bool, goesThere);
        Lab lab;
        lab.runner.loaded.settings.tagVersions = true; // a tag would take the commit along
        if (branch != u"main"_s)
            lab.apricot.git({u"checkout"_s, u"-qb"_s, branch, u"--track"_s, u"origin/main"_s});
        if (!pushDefault.isEmpty())
            lab.apricot.git({u"config"_s, u"push.default"_s, pushDefault});
        const QByteArray before = lab.hubHead();
        lab.apricot.write("package.json", "{\"name\": \"pear\", \"version\": \"1.2.0\"}\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(report.pushed, goesThere);
        QCOMPARE(report.needsPush, !goesThere);
        QCOMPARE(lab.hubHead(), goesThere ? lab.apricot.head() : before);
        QCOMPARE(lab.world.git(lab.hub, {u"tag"_s}).isEmpty(), !goesThere);
        if (goesThere)
            return;
        QVERIFY2(report.reason.contains(branch == u"main"_s ? u"push.default"_s : u"`git push -u origin feat`"_s),
                 qPrintable(report.reason));
        const RunReport later = lab.runner.once(lab.apricot);
        QCOMPARE(later.state, RunState::Clean); // it waits for its person; nothing failed
        QCOMPARE(later.reason, report.reason);
    }

    void aBranchThatIsNotPushedStillTakesTheHubsCommitsOver()
    {
        Lab lab;
        lab.world.git(lab.plumPath, {u"checkout"_s, u"-qb"_s, u"feat"_s, u"--track"_s, u"origin/main"_s});
        lab.apricot.write("a", "x\n");
        lab.runner.once(lab.apricot);
        lab.writeOnPlum(u"b"_s, "y\n");
        const RunReport report = lab.runner.once(lab.plumPath);
        QVERIFY2(report.pulled && !report.pushed && !report.error, qPrintable(report.reason));
        QCOMPARE(lab.hubHead(), lab.apricot.head());
        QVERIFY(lab.plumStatus().isEmpty());
    }

    void pushingCanBeSwitchedOff()
    {
        Lab lab;
        lab.runner.options.push = false;
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QCOMPARE(report.state, RunState::Committed);
        QVERIFY(report.needsPush && !report.pushed);
    }

    void aPrePushHookIsRespected()
    {
        Lab lab;
        lab.apricot.write(".git/hooks/pre-push", "#!/bin/sh\nexit 1\n");
        ::chmod(QFile::encodeName(lab.apricot.file(".git/hooks/pre-push")).constData(), 0755);
        lab.apricot.write("a", "x\n");
        const RunReport report = lab.runner.once(lab.apricot);
        QCOMPARE(report.state, RunState::Failed);
        QVERIFY(lab.hubHead() != lab.apricot.head());
    }
};

QTEST_GUILESS_MAIN(TestSyncStory)
#include "tst_sync_story.moc"
