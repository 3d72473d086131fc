#include "tests/support/runner.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

/// A token with a right checksum; put together here so that no scanner stumbles over this file.
QByteArray aToken()
{
    return "ghp_" + QByteArray("ptgUzEjfebzJ6sZWdoHIxrXl0gqn8738orVr");
}

} // namespace

/// What is left out, and that nothing goes out of it by a side door.
class TestLeftOutStory final : public QObject
{
    Q_OBJECT

    World m_world;

    /// An only file that goes looks like a volume that is not mounted.
    static void commitAnother(const TempRepo &repo)
    {
        repo.write("other", "other\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"other"_s});
    }

private Q_SLOTS:
    void aFileTakenOutOfTheIndexStaysOut()
    {
        const TempRepo repo(m_world, u"unstaged"_s);
        repo.git({u"rm"_s, u"-q"_s, u"--cached"_s, u"README"_s});
        repo.write("README", "private now\n");
        const QByteArray head = repo.head();
        const RunReport report = Runner(m_world).once(repo);
        QCOMPARE(repo.head(), head);
        QCOMPARE(ruleAgainst(report, "README"), u"staged"_s);
        QCOMPARE(repo.git({u"status"_s, u"--short"_s}), QByteArray("D  README\n?? README"));
    }

    void aStagedRenameStaysStagedWhenItsOldNameIsUsedAgain()
    {
        const TempRepo repo(m_world, u"renamed"_s);
        repo.git({u"mv"_s, u"README"_s, u"GUIDE"_s});
        repo.write("README", "something new\n");
        const QByteArray before = repo.git({u"status"_s, u"--short"_s});
        Runner(m_world).once(repo);
        QCOMPARE(repo.git({u"status"_s, u"--short"_s}), before);
    }

    void aNameThatHoldsASecretIsLeftOutAndMasked()
    {
        const TempRepo repo(m_world, u"named"_s);
        repo.write(aToken() + ".txt", "harmless\n");
        const RunReport report = Runner(m_world).once(repo);
        QVERIFY(report.commits.isEmpty());
        QCOMPARE(report.excluded.size(), 1);
        QCOMPARE(report.excluded.first().rule, u"name:holds-secret"_s);
        QVERIFY(!report.excluded.first().path.contains(aToken()));
    }

    void aSecretThatAHookPutsIntoTheMessageStopsTheCommit()
    {
        const TempRepo repo(m_world, u"hooked"_s);
        const QString hook = repo.path() + u"/.git/hooks/commit-msg"_s;
        QDir().mkpath(QFileInfo(hook).path());
        QFile file(hook);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho 'use " + aToken() + " now' > \"$1\"\n");
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        file.close();
        repo.write("README", "changed\n");
        const QByteArray head = repo.head();
        const RunReport report = Runner(m_world).once(repo);
        QVERIFY(report.error && report.error->kind == ErrorKind::HookRejected);
        QCOMPARE(repo.head(), head);
    }

    void aDeletionWaitsWhileItsNewNameIsLeftOut_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("added");
        QTest::addColumn<bool>("staged");
        QTest::newRow("a dangerous name") << QByteArray(".env") << QByteArray() << false;
        QTest::newRow("a secret was added") << QByteArray("conf2.txt") << aToken() + '\n' << false;
        QTest::newRow("the new half is staged") << QByteArray("conf2.txt") << QByteArray() << true;
    }
    void aDeletionWaitsWhileItsNewNameIsLeftOut()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const QByteArray, added);
        QFETCH(const bool, staged);
        const TempRepo repo(m_world, u"half-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-'));
        const QByteArray content = "one\ntwo\nthree\nfour\n";
        repo.write("conf.txt", content);
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"conf"_s});
        repo.remove("conf.txt");
        repo.write(name, content + added);
        if (staged)
            repo.git({u"add"_s, QString::fromLatin1(name)});
        const QByteArray head = repo.head();
        const RunReport report = Runner(m_world).once(repo);
        QCOMPARE(repo.head(), head);
        QCOMPARE(ruleAgainst(report, "conf.txt"), u"half-of-a-rename"_s);
    }

    void aDeletionOnItsOwnIsCommittedBesideWhatIsLeftOut()
    {
        const TempRepo repo(m_world, u"alone"_s);
        commitAnother(repo);
        repo.remove("README");
        repo.write(".env", "A=quite-another-thing\n");
        QCOMPARE(Runner(m_world).once(repo).commits.size(), 1);
    }

    void aFileThatBecameADirectoryIsCommitted()
    {
        const TempRepo repo(m_world, u"became"_s);
        commitAnother(repo);
        repo.remove("README");
        QDir().mkpath(repo.path() + u"/README"_s);
        repo.write("README/part.md", "a part\n");
        Runner(m_world).once(repo);
        QCOMPARE(repo.git({u"status"_s, u"--short"_s}), QByteArray());
        QCOMPARE(repo.blobAt("HEAD", "README/part.md"), QByteArray("a part\n"));
    }

    void aNewFileOutsideTheSparseCheckoutIsNamed()
    {
        const TempRepo repo(m_world, u"sparse"_s);
        repo.write("small/a", "a\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"small"_s});
        repo.git({u"sparse-checkout"_s, u"set"_s, u"small"_s});
        repo.write("big/new", "new\n");
        QCOMPARE(ruleAgainst(Runner(m_world).once(repo), "big/new"), u"not-taken"_s);
    }

    void aChangedFileOutsideTheSparseCheckoutIsNamed()
    {
        const TempRepo repo(m_world, u"sparse-changed"_s);
        repo.write("small/a", "a\n");
        repo.write("big/b", "b\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"both"_s});
        repo.git({u"sparse-checkout"_s, u"set"_s, u"small"_s});
        repo.write("big/b", "changed\n");
        repo.write("small/a", "changed\n");
        const RunReport report = Runner(m_world).once(repo);
        QCOMPARE(ruleAgainst(report, "big/b"), u"not-taken"_s);
        QCOMPARE(report.commits.size(), 1);
    }

    void aFilterThatFailsKeepsNothingElseBack()
    {
        const TempRepo repo(m_world, u"filtered"_s);
        repo.git({u"config"_s, u"--global"_s, u"filter.broken.clean"_s, u"false"_s});
        repo.git({u"config"_s, u"--global"_s, u"filter.broken.required"_s, u"true"_s});
        repo.write(".gitattributes", "*.dat filter=broken\n");
        repo.write("a.dat", "1\n");
        repo.write("b.dat", "2\n");
        repo.write("README", "changed\n");
        const RunReport report = Runner(m_world).once(repo);
        QCOMPARE(ruleAgainst(report, "a.dat"), u"filter"_s);
        QCOMPARE(ruleAgainst(report, "b.dat"), u"filter"_s);
        QCOMPARE(repo.blobAt("HEAD", "README"), QByteArray("changed\n"));
    }

    void ourOwnCornerMustNotBeALink()
    {
        const TempRepo repo(m_world, u"linked"_s);
        QDir().mkpath(m_world.path(u"victim"_s));
        QVERIFY(QFile::link(m_world.path(u"victim"_s), repo.path() + u"/.git/auto-commit"_s));
        repo.write("README", "changed\n");
        const RunReport report = Runner(m_world).once(repo);
        QVERIFY(report.error && report.error->kind == ErrorKind::Untrusted);
        QVERIFY(QDir(m_world.path(u"victim"_s)).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestLeftOutStory)
#include "tst_left_out_story.moc"
