#include "daemon/watch/watcher.h"
#include "tests/support/temprepo.h"

#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// The system's own file events, in a real checkout.
class TestWatcher final : public QObject
{
    Q_OBJECT

    World m_world;
    int m_number = 0;
    std::unique_ptr<TempRepo> m_repo;
    std::unique_ptr<Watcher> m_watcher;
    std::unique_ptr<QSignalSpy> m_changed;

    WatchPlan plan() const
    {
        const auto plan = makeWatchPlan({m_repo->path()}, m_world.tools(), {});
        return plan ? *plan : WatchPlan{};
    }

    bool toldOf(const std::function<void()> &act)
    {
        m_watcher->drain();
        m_changed->clear();
        act();
        return !m_changed->isEmpty() || m_changed->wait(5000);
    }

    /// Nothing is told of `act`: what comes after it is, so there is no need to wait for silence.
    bool silentAbout(const std::function<void()> &act)
    {
        m_watcher->drain();
        m_changed->clear();
        act();
        m_watcher->drain();
        return m_changed->isEmpty();
    }

private Q_SLOTS:
    void init()
    {
        m_repo = std::make_unique<TempRepo>(m_world, u"repo%1"_s.arg(++m_number));
        m_repo->write(".gitignore", "build/\n*.log\n");
        m_repo->write("src/deep/a.c", "int a;\n");
        m_repo->write("build/obj/a.o", "x");
        m_repo->git({u"add"_s, u"."_s});
        m_repo->git({u"commit"_s, u"-qm"_s, u"files"_s});
        m_watcher = makeWatcher();
        if (!m_watcher->works())
            QSKIP("no file events on this system");
        m_changed = std::make_unique<QSignalSpy>(m_watcher.get(), &Watcher::changed);
        QVERIFY(m_watcher->watch(u"r"_s, plan()));
    }

    void thePlanLeavesOutWhatGitIgnoresAndOtherCheckouts()
    {
        m_world.git(m_repo->path(), {u"init"_s, u"-q"_s, u"inner"_s});
        m_repo->write("inner/sub/x", "x");
        const QByteArray top = QFile::encodeName(QDir(m_repo->path()).canonicalPath());
        QList<QByteArray> found = plan().directories;
        std::ranges::sort(found);
        QCOMPARE(found, (QList<QByteArray>{top, top + "/src", top + "/src/deep"}));
        QVERIFY(plan().ignored.contains(top + "/build"));
    }

    void aPlanThatIsTooLargeSaysSo()
    {
        const auto plan = makeWatchPlan({m_repo->path()}, m_world.tools(), {}, 2);
        QVERIFY(!plan);
        QCOMPARE(plan.error().kind, ErrorKind::OutOfResources);
    }

    void writesRenamesAndDeletionsAreTold()
    {
        QVERIFY(toldOf([this] { m_repo->write("src/deep/a.c", "int b;\n"); }));
        QCOMPARE(m_changed->first().first().toString(), u"r"_s);
        QVERIFY(toldOf([this] { m_repo->write("new.txt", "x"); }));
        QVERIFY(toldOf([this] { QFile::rename(m_repo->file("new.txt"), m_repo->file("other.txt")); }));
        QVERIFY(toldOf([this] { m_repo->remove("other.txt"); }));
    }

    void ignoredDirectoriesAndGitsOwnFilesAreNotTold()
    {
#ifndef Q_OS_LINUX
        QSKIP("events come later here");
#endif
        QVERIFY(silentAbout([this] { m_repo->write("build/obj/b.o", "x"); }));
        QVERIFY(silentAbout([this] { m_repo->write("build/new/c.o", "x"); }));
        QVERIFY(silentAbout([this] { m_world.git(m_repo->path(), {u"--no-optional-locks"_s, u"status"_s}); }));
        QVERIFY(toldOf([this] { m_repo->write("src/b.c", "x"); })); // it is awake
    }

    void aCheckoutOrACommitByHandIsTold()
    {
        QVERIFY(toldOf([this] { m_repo->git({u"checkout"_s, u"-q"_s, u"-b"_s, u"other"_s}); }));
        m_repo->write("src/deep/a.c", "int other;\n");
        QVERIFY(toldOf([this] { m_repo->git({u"add"_s, u"src"_s}); }));
    }

    void newDirectoriesAreWatchedAtOnceAndAskForANewPlan()
    {
        QSignalSpy structure(m_watcher.get(), &Watcher::structureChanged);
        QVERIFY(toldOf([this] { QDir(m_repo->path()).mkpath(u"fresh"_s); }));
        QVERIFY(structure.size() > 0 || structure.wait(5000));
        QVERIFY(toldOf([this] { m_repo->write("fresh/x", "x"); }));
    }

    void changedIgnoreRulesAskForANewPlan()
    {
        QSignalSpy structure(m_watcher.get(), &Watcher::structureChanged);
        m_repo->write(".gitignore", "*.tmp\n");
        QVERIFY(structure.size() > 0 || structure.wait(5000));
    }

    void aForgottenRepositoryIsSilentAndCostsNothing()
    {
        QVERIFY(m_watcher->directories() > 0);
        m_watcher->forget(u"r"_s);
        QCOMPARE(m_watcher->directories(), 0);
        QVERIFY(silentAbout([this] { m_repo->write("src/deep/a.c", "int d;\n"); }));
    }

    void whatDoesNotFitIsNotHalfWatchedAndSaysWhy()
    {
#ifndef Q_OS_LINUX
        QSKIP("there is no limit here");
#endif
        const auto small = makeWatcher(2);
        QVERIFY(!small->watch(u"r"_s, plan()));
        QCOMPARE(small->directories(), 0);
        QVERIFY(small->note().contains(u"swept only"_s));
    }
};

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
