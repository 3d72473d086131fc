#include "core/service/story.h"
#include "core/service/sweep.h"
#include "tests/support/runner.h"

#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

class Quiet final : public SweepObserver
{
public:
    void stageStarted(const QString &, StageId) override { }
    void finished(const RunReport &) override { }
};

} // namespace

/// A superproject and its submodule, each with a hub of its own, on two machines.
class TestSubmoduleStory : public QObject
{
    Q_OBJECT

    struct Lab
    {
        World world;
        TempRepo library{world, u"library"_s};
        TempRepo app{world, u"app"_s};
        QString libraryHub = makeHub(world, library, u"library.git"_s);
        QString appHub = makeHub(world, app, u"app.git"_s);
        QString lib = app.path() + u"/lib"_s;
        SystemClock clock;

        Lab()
        {
            app.git({u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s, libraryHub,
                     u"lib"_s});
            app.git({u"commit"_s, u"-qm"_s, u"add lib"_s});
            app.git({u"push"_s, u"-q"_s});
        }

        void write(const QString &path) const
        {
            QFile file(path);
            if (!file.open(QIODevice::WriteOnly) || file.write("x\n") < 0 || !file.flush())
                qFatal("cannot write");
            file.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime);
        }

        QList<RunReport> sweep(const QStringList &paths) const
        {
            const Story story = commitStory();
            const LoadedSettings loaded;
            Quiet quiet;
            return runSweep(paths,
                            {.tools = world.tools(), .settings = loaded, .clock = clock, .story = story, .options = {}},
                            4, {}, quiet);
        }

        QByteArray at(const QString &repo, const QString &what) const
        {
            return world.git(repo, {u"rev-parse"_s, what});
        }
    };

private Q_SLOTS:
    void theSubmoduleIsOnItsHubBeforeItsSuperprojectRecordsIt()
    {
        const Lab lab;
        lab.write(lab.lib + u"/new"_s);
        for (const RunReport &report : lab.sweep({lab.app.path(), lab.lib}))
            QVERIFY2(!report.error && report.pushed && report.excluded.isEmpty(), qPrintable(report.reason));
        QCOMPARE(lab.at(lab.appHub, u"main:lib"_s), lab.at(lab.libraryHub, u"main"_s));
        QVERIFY(lab.app.git({u"status"_s, u"--porcelain"_s}).isEmpty());
    }

    void anotherMachinesStepIsNotTakenBack()
    {
        const Lab lab;
        const QString plum = lab.world.path(u"plum"_s);
        lab.world.git(lab.world.path(),
                      {u"-c"_s, u"protocol.file.allow=always"_s, u"clone"_s, u"-q"_s, u"--recurse-submodules"_s,
                       lab.appHub, plum});
        lab.write(lab.lib + u"/new"_s);
        lab.sweep({lab.lib, lab.app.path()});
        const QByteArray recorded = lab.at(lab.appHub, u"main:lib"_s);
        lab.sweep({plum, plum + u"/lib"_s}); // pulls
        const QList<RunReport> again = lab.sweep({plum, plum + u"/lib"_s});
        QCOMPARE(lab.at(plum, u"HEAD:lib"_s), recorded);
        QCOMPARE(lab.at(lab.appHub, u"main:lib"_s), recorded);
        QCOMPARE(ruleAgainst(again.first(), "lib"), u"submodule"_s);
        QVERIFY2(again.first().excluded.first().reason.contains(u"git submodule update"_s),
                 qPrintable(again.first().excluded.first().reason));
    }
};

QTEST_GUILESS_MAIN(TestSubmoduleStory)
#include "tst_submodule_story.moc"
