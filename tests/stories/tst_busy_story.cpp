#include "tests/stories/checkoutlab.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Files that change while a run looks at them (SAFETY rows 25 to 29). Somebody else's edit comes exactly where it
/// hurts because git is started through a script that makes it.
class TestBusyStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<CheckoutLab> m_lab;

    const TempRepo &repo() const { return m_lab->repo; }

    /// Runs of this lab get `before` done right before each `git add` (or `command`), and `after` right behind it, in the
    /// checkout.
    void meddle(const QByteArray &before, const QByteArray &after, const QByteArray &command = "add")
    {
        const QString script = m_lab->world.path(u"meddling-git"_s);
        QFile file(script);
        const QByteArray git = QFile::encodeName(m_lab->world.tools().program);
        if (!file.open(QIODevice::WriteOnly)
            || file.write("#!/bin/sh\ncase \" $* \" in *\" " + command + " \"*) " + before + ";; esac\n'" + git
                          + "' \"$@\"\nanswer=$?\ncase \" $* \" in *\" " + command + " \"*) " + after
                          + ";; esac\nexit $answer\n")
                < 0)
            qFatal("cannot write");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        m_lab->runner.program = script;
    }

private Q_SLOTS:
    void init() { m_lab = std::make_unique<CheckoutLab>(); }
    void cleanup() { QVERIFY(m_lab->isSound()); }

    void aFileThatIsWrittenWhileItIsTakenWaits_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::newRow("rewritten before git reads it") << QByteArray("printf other > busy") << QByteArray(":");
        QTest::newRow("grows after git has read it") << QByteArray(":") << QByteArray("printf more >> busy");
        QTest::newRow("replaced by another of the same length")
            << QByteArray(":") << QByteArray("printf 1234 > next; mv next busy");
    }
    void aFileThatIsWrittenWhileItIsTakenWaits()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        repo().write("busy", "text");
        repo().write("calm", "text\n");
        meddle(before, after);
        const RunReport report = m_lab->once();
        QCOMPARE(report.state, RunState::Committed);
        QCOMPARE(ruleAgainst(report, "busy"), u"being-written"_s);
        QCOMPARE(repo().blobAt("HEAD", "calm"), QByteArray("text\n"));
        QVERIFY(!repo().git({u"ls-tree"_s, u"--name-only"_s, u"HEAD"_s}).contains("busy"));

        m_lab->runner.program.clear();
        m_lab->runner.loaded.settings.fileQuiet = 0s;
        QCOMPARE(m_lab->once().state, RunState::Committed);
        QCOMPARE(repo().blobAt("HEAD", "busy"), repo().read("busy"));
    }

    void aFileThatVanishesKeepsNoOtherFromBeingCommitted()
    {
        repo().write("brief", "text\n");
        repo().write("calm", "text\n");
        meddle("rm -f brief", ":");
        const RunReport report = m_lab->once();
        QCOMPARE(report.state, RunState::Committed);
        QVERIFY(!report.error);
        QCOMPARE(repo().git({u"ls-tree"_s, u"--name-only"_s, u"HEAD"_s}), QByteArray("README\ncalm"));
        QCOMPARE(repo().git({u"status"_s, u"--porcelain"_s}), QByteArray());
    }

    /// In between, the index that the commit will leave behind has been copied already.
    void whatTheUserStagesAsTheCommitLandsStaysStaged()
    {
        repo().write("calm", "text\n");
        const QByteArray git = '\'' + QFile::encodeName(m_lab->world.tools().program) + '\'';
        meddle("test -e mine || { echo text > mine; " + git + " add mine < /dev/null; }", ":", "update-ref");
        QCOMPARE(m_lab->once().state, RunState::Committed);
        QCOMPARE(repo().blobAt("HEAD", "calm"), QByteArray("text\n"));
        QCOMPARE(repo().git({u"status"_s, u"--porcelain"_s}), QByteArray("A  mine"));
    }

    /// What would be committed counts, not what lies in the work tree.
    void aSecretThatAFilterBringsToLightIsSeen()
    {
        m_lab->world.git(m_lab->world.path(),
                         {u"config"_s, u"--global"_s, u"filter.open.clean"_s, u"base64 -d | base64 -d"_s});
        const QByteArray token = "ghp_" + QByteArray("ptgUzEjfebzJ6sZWdoHIxrXl0gqn8738orVr") + '\n';
        repo().write(".gitattributes", "*.closed filter=open\n");
        repo().write("note.closed", (token.toBase64() + '\n').toBase64() + '\n');
        repo().write("calm.closed", (QByteArray("text\n").toBase64() + '\n').toBase64() + '\n');
        const RunReport report = m_lab->once();
        QCOMPARE(repo().blobAt("HEAD", "calm.closed"), QByteArray("text\n"));
        QVERIFY2(ruleAgainst(report, "note.closed").startsWith("secret:"_L1),
                 qPrintable(ruleAgainst(report, "note.closed")));
    }

    void whatIsCommittedOfABusyFileIsAlwaysOneWholeVersion_data()
    {
        QTest::addColumn<bool>("renamed");
        QTest::newRow("written in place, in two pieces") << false;
        QTest::newRow("written aside and renamed") << true;
    }
    /// A writer that saves in bursts; within a burst a look may see half a file.
    void whatIsCommittedOfABusyFileIsAlwaysOneWholeVersion()
    {
        QFETCH(bool, renamed);
        const QString path = repo().file("busy");
        const auto save = [&](int version) {
            const QString target = renamed ? path + u'~' : path;
            const QByteArray half = QByteArray::number(version) + '\n';
            QFile file(target);
            if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
                qFatal("cannot write");
            file.write(half.repeated(100));
            std::this_thread::yield();
            file.write(half.repeated(100));
            file.close();
            if (renamed && std::rename(QFile::encodeName(target).constData(), QFile::encodeName(path).constData()) != 0)
                qFatal("cannot rename");
        };
        save(0);
        std::atomic_bool stop = false;
        std::thread writer([&] {
            for (int version = 1; !stop; ++version) {
                save(version);
                if (version % 20 == 0)
                    std::this_thread::sleep_for(400ms);
            }
        });
        m_lab->runner.loaded.settings.fileQuiet = 0s;
        m_lab->runner.loaded.settings.exclude += u"busy~"_s;
        for (int run = 0; run < 25; ++run)
            m_lab->once();
        stop = true;
        writer.join();
        m_lab->once();
        const QList<QByteArray> commits = repo().git({u"log"_s, u"--format=%H"_s, u"--"_s, u"busy"_s}).split('\n');
        QVERIFY(!commits.first().isEmpty());
        for (const QByteArray &commit : commits) {
            const QByteArray content = repo().blobAt(commit, "busy");
            const QByteArray line = content.left(content.indexOf('\n') + 1);
            QVERIFY2(content == line.repeated(200), content.left(40).constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestBusyStory)
#include "tst_busy_story.moc"
