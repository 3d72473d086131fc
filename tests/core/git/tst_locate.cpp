#include "core/git/locate.h"
#include "tests/support/temprepo.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

class TestLocate : public QObject
{
    Q_OBJECT

    World m_world;

private Q_SLOTS:
    void aSubmoduleKnowsItsOutermostCheckout_data()
    {
        QTest::addColumn<QString>("commonDir");
        QTest::addColumn<QString>("outermost");
        QTest::newRow("none") << u"/c/app/.git"_s << QString();
        QTest::newRow("submodule") << u"/c/app/.git/modules/lib"_s << u"/c/app/.git"_s;
        QTest::newRow("of a submodule") << u"/c/app/.git/modules/lib/modules/z"_s << u"/c/app/.git"_s;
        QTest::newRow("of a linked work tree") << u"/c/app/.git/worktrees/w/modules/lib"_s << u"/c/app/.git"_s;
        QTest::newRow("a directory called modules") << u"/modules/app/.git"_s << QString();
    }
    void aSubmoduleKnowsItsOutermostCheckout()
    {
        QFETCH(QString, commonDir);
        QFETCH(QString, outermost);
        const RepoLocation location{.workTree = {}, .gitDir = commonDir, .commonDir = commonDir};
        QCOMPARE(location.superprojectGitDir(), outermost);
    }

    void aCheckoutIsFoundFromInside()
    {
        const TempRepo repo(m_world, u"inside"_s);
        repo.write("a/b/c", "x");
        for (const QString &path : {repo.path(), repo.path() + u"/a/b"_s, repo.path() + u"/a/b/c"_s}) {
            const auto location = locateRepository(path);
            QVERIFY(location.ok());
            QCOMPARE(location->workTree, repo.path());
            QCOMPARE(location->gitDir, repo.path() + u"/.git"_s);
            QVERIFY(!location->isLinked());
        }
    }

    void aLinkedWorkTreeSharesTheCommonDirectory()
    {
        const TempRepo repo(m_world, u"main-tree"_s);
        const QString linked = m_world.path(u"linked"_s);
        repo.git({u"worktree"_s, u"add"_s, u"-q"_s, linked});
        const auto location = locateRepository(linked);
        QVERIFY(location.ok());
        QVERIFY(location->isLinked());
        QCOMPARE(location->commonDir, repo.path() + u"/.git"_s);
        QCOMPARE(location->gitDir, repo.path() + u"/.git/worktrees/linked"_s);
    }

    void whatIsNoCheckoutIsRefusedWithTheReason_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("part");
        m_world.git(m_world.path(), {u"init"_s, u"-q"_s, u"--bare"_s, m_world.path(u"bare.git"_s)});
        QDir().mkpath(m_world.path(u"plain"_s));
        QDir().mkpath(m_world.path(u"dangling"_s));
        QFile file(m_world.path(u"dangling/.git"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("gitdir: /nowhere/at/all\n");
        QTest::newRow("bare") << m_world.path(u"bare.git"_s) << u"bare repository"_s;
        QTest::newRow("plain directory") << m_world.path(u"plain"_s) << u"not inside a git checkout"_s;
        QTest::newRow("missing") << m_world.path(u"missing"_s) << u"no such file"_s;
        QTest::newRow("dangling .git file") << m_world.path(u"dangling"_s) << u"not a usable git directory"_s;
    }
    void whatIsNoCheckoutIsRefusedWithTheReason()
    {
        QFETCH(QString, path);
        QFETCH(QString, part);
        const auto location = locateRepository(path);
        QVERIFY(!location.ok());
        QCOMPARE(location.error().kind, ErrorKind::NotARepository);
        QVERIFY2(location.error().message.contains(part), qPrintable(location.error().message));
    }

    void operationsInProgressAreNamed_data()
    {
        QTest::addColumn<QString>("sign");
        QTest::addColumn<QString>("name");
        QTest::newRow("merge") << u"MERGE_HEAD"_s << u"merge"_s;
        QTest::newRow("rebase") << u"rebase-merge/"_s << u"rebase"_s;
        QTest::newRow("am") << u"rebase-apply/"_s << u"rebase or am"_s;
        QTest::newRow("cherry-pick") << u"CHERRY_PICK_HEAD"_s << u"cherry-pick"_s;
        QTest::newRow("revert") << u"REVERT_HEAD"_s << u"revert"_s;
        QTest::newRow("bisect") << u"BISECT_LOG"_s << u"bisect"_s;
        QTest::newRow("sequencer") << u"sequencer/"_s << u"cherry-pick or revert"_s;
        QTest::newRow("a left-over REBASE_HEAD is nothing") << u"REBASE_HEAD"_s << QString();
    }
    void operationsInProgressAreNamed()
    {
        QFETCH(QString, sign);
        const TempRepo repo(m_world, u"op-%1"_s.arg(QString::fromLatin1(QTest::currentDataTag())));
        if (sign.endsWith(u'/'))
            QDir().mkpath(repo.path() + u"/.git/"_s + sign);
        else
            repo.write(".git/" + sign.toUtf8(), "x");
        QTEST(operationInProgress(*locateRepository(repo.path())), "name");
    }

    void discoveryFindsEveryCheckoutOnce()
    {
        const QString root = u"many"_s;
        const TempRepo one(m_world, root + u"/one"_s);
        const TempRepo two(m_world, root + u"/deep/er/two"_s);
        const TempRepo nested(m_world, root + u"/one/nested"_s);
        const TempRepo hidden(m_world, root + u"/node_modules/x"_s);
        QFile::link(m_world.path(root), m_world.path(root + u"/one/loop"_s));
        QCOMPARE(discoverRepositories(m_world.path(root), {.depth = 6, .exclude = {u"node_modules"_s}}),
                 (QStringList{two.path(), one.path(), nested.path()}));
        QCOMPARE(discoverRepositories(m_world.path(root), {.depth = 1, .exclude = {u"node_modules"_s}}),
                 QStringList{one.path()});
    }
};

QTEST_GUILESS_MAIN(TestLocate)
#include "tst_locate.moc"
