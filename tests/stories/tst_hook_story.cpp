#include "tests/stories/checkoutlab.h"

#include <QTest>

#include <sys/stat.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// The user's own hooks, run on exactly what is committed.
class TestHookStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CheckoutLab> m_lab;

    const TempRepo &repo() const { return m_lab->repo; }
    RunReport once() const { return m_lab->once(); }

private Q_SLOTS:
    void init() { m_lab = std::make_unique<CheckoutLab>(); }
    void cleanup() { QVERIFY(m_lab->isSound()); }

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

    void aSecretThatAHookPutsIntoTheFileStopsTheCommit()
    {
        repo().write(".git/hooks/pre-commit",
                     "#!/bin/sh\necho 'ghp_" + QByteArray("ptgUzEjfebzJ6sZWdoHIxrXl0gqn8738orVr")
                         + "' >> a\ngit add a\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/pre-commit")).constData(), 0755);
        repo().write("a", "x\n");
        const QByteArray head = repo().head();
        const RunReport report = once();
        QVERIFY(report.error);
        QCOMPARE(report.error->kind, ErrorKind::HookChangedCommit);
        QVERIFY(!report.error->message.contains(u"ptgUzEjfebzJ6sZW"_s));
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

    void whatAHookWritesWithEveryCommitIsCommittedOnceAndNotForEver()
    {
        m_lab->runner.loaded.settings.fileQuiet = std::chrono::seconds(0);
        repo().write(".git/hooks/post-commit", "#!/bin/sh\ngit rev-parse HEAD > stamp\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/post-commit")).constData(), 0755);
        repo().write("a", "x\n");
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(once().state, RunState::Committed); // the stamp, which may be what the user wants
        const QByteArray head = repo().head();
        const RunReport third = once();
        QCOMPARE(third.state, RunState::Skipped);
        QCOMPARE(third.error->kind, ErrorKind::HookChangedCommit);
        QVERIFY2(third.reason.contains(u"stamp"_s), qPrintable(third.reason));
        QCOMPARE(repo().head(), head);
        repo().write("a", "more\n"); // somebody works on; another size, as git compares whole seconds
        QCOMPARE(once().state, RunState::Committed);
        QCOMPARE(repo().blobAt("HEAD", "a"), "more\n");
    }

    void aHookThatHangsIsStopped()
    {
        m_lab->runner.loaded.settings.hookTimeout = std::chrono::seconds(1);
        repo().write(".git/hooks/pre-commit", "#!/bin/sh\nsleep 600\n");
        ::chmod(QFile::encodeName(repo().file(".git/hooks/pre-commit")).constData(), 0755);
        repo().write("a", "x\n");
        const RunReport report = once();
        QCOMPARE(report.error->kind, ErrorKind::Timeout);
        QVERIFY(!QFile::exists(repo().path() + u"/.git/index.lock"_s));
    }
};

QTEST_GUILESS_MAIN(TestHookStory)
#include "tst_hook_story.moc"
