#include "tests/tray/pretendcommands.h"
#include "tray/model/endpoint.h"
#include "tray/model/firstrun.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto strict = QAbstractItemModelTester::FailureReportingMode::QtTest;
using Step = FirstRun::Step;

/// The guide over scripted commands, with a file of its own for the login.
struct Guided
{
    QTemporaryDir dir;
    PretendCommands commands;
    LoginSetting login{LoginStart(LoginForm::DesktopEntry, dir.filePath(u"x.desktop"_s), u"/bin/sh"_s), {}, dir.path()};
    FirstRun guide{commands, login};

    void goTo(Step step)
    {
        guide.addFolder(u"/home/ada/code"_s);
        while (guide.step() != step)
            guide.next();
    }
};

ApiCheck check(const QString &id, const QString &state, const QString &repo = {}, const QString &message = {})
{
    return {.id = id, .title = id, .state = state, .message = message, .advice = u"mend it"_s, .repo = repo};
}

} // namespace

class TestFirstRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFolderSwallowsWhatIsBelowIt()
    {
        Guided with;
        QVERIFY(!with.guide.canGoOn());
        QVERIFY(with.guide.addFolder(u"/home/ada/code/x"_s));
        QVERIFY(with.guide.addFolder(u"/home/ada/code"_s));
        QVERIFY(!with.guide.addFolder(u"/home/ada/code/y/"_s));
        QVERIFY(with.guide.addFolder(u"/home/ada/codex"_s));
        QCOMPARE(with.guide.folders(), QStringList({u"/home/ada/code"_s, u"/home/ada/codex"_s}));
    }

    void itGoesFromFoldersToARunningDaemon()
    {
        Guided with;
        QAbstractItemModelTester tester(&with.guide.plan(), strict);
        QSignalSpy finished(&with.guide, &FirstRun::finished);
        with.guide.addFolder(u"/home/ada/code"_s);
        with.commands.repos = Error{ErrorKind::IoError, u"No git."_s, {}};
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Folders);
        QCOMPARE(with.guide.error(), u"No git."_s);

        with.commands.repos
            = QList<PlannedRepo>{{.path = u"~/code/x"_s, .state = u"planned"_s, .subjects = {u"a"_s, u"b"_s}},
                                 {.path = u"~/code/y"_s, .state = u"clean"_s}};
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Plan);
        QCOMPARE(with.guide.plan().rowCount(), 2);
        QVERIFY(with.guide.plan().summary().contains(u"2 commits"_s));
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Checks);
        QCOMPARE(with.commands.checkedRepos, QStringList({u"~/code/x"_s, u"~/code/y"_s}));
        with.guide.next();
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Ready);

        with.commands.started = Error{ErrorKind::IoError, u"Port taken."_s, {}};
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Ready);
        QCOMPARE(with.guide.error(), u"Port taken."_s);
        QVERIFY(!with.login.isOn()); // what does not run is not started at login either
        with.commands.started = u"Until the next restart."_s;
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Done);
        QVERIFY(with.guide.doneText().contains(u"Until the next restart."_s));
        QCOMPARE(with.commands.starts.last().folders, with.guide.folders());
        QVERIFY(!with.commands.starts.last().remote);
        QVERIFY(with.login.isOn() && !with.login.commitsLocal());
        with.guide.next();
        QCOMPARE(finished.size(), 1);
    }

    void whatWouldBeLeftOutIsNamedWithItsReason()
    {
        PlanTable plan;
        plan.setRepos({{.path = u"~/code/x"_s,
                        .state = u"planned"_s,
                        .subjects = {u"feat: a"_s},
                        .leftOut = {u"deploy.pem: a private key"_s, u"big.iso: larger than 50M"_s}},
                       {.path = u"~/code/y"_s, .state = u"clean"_s, .leftOut = {u".env: holds secrets"_s}},
                       {.path = u"~/code/z"_s, .state = u"clean"_s}});
        const auto cell = [&](int row, int role) { return plan.index(row, PlanTable::Plan).data(role).toString(); };
        QCOMPARE(cell(0, Qt::DisplayRole),
                 u"feat: a · 2 left out: deploy.pem: a private key; big.iso: larger than 50M"_s);
        QCOMPARE(cell(0, Qt::ToolTipRole),
                 u"feat: a\nleft out: deploy.pem: a private key\nleft out: big.iso: larger than 50M"_s);
        QCOMPARE(cell(1, Qt::DisplayRole), u"nothing to commit · left out: .env: holds secrets"_s);
        QCOMPARE(cell(2, Qt::DisplayRole), u"nothing to commit"_s);
        QVERIFY2(plan.summary().contains(u"3 files would be left out"_s), qPrintable(plan.summary()));
    }

    void everyStepCanBeTakenBackUntilItRuns()
    {
        Guided with;
        with.goTo(Step::Ready);
        for (const Step step : {Step::Way, Step::Checks, Step::Plan, Step::Folders}) {
            QVERIFY(with.guide.canGoBack());
            with.guide.back();
            QCOMPARE(with.guide.step(), step);
        }
        QVERIFY(!with.guide.canGoBack());
        with.goTo(Step::Done);
        QVERIFY(!with.guide.canGoBack());
    }

    void whatRunsCanBeCancelledAndItsLateAnswerCountsNoMore()
    {
        Guided with;
        with.commands.silent = true;
        with.guide.addFolder(u"/home/ada/code"_s);
        with.guide.next();
        QVERIFY(with.guide.isBusy());
        QVERIFY(!with.guide.canGoOn());
        with.guide.cancel();
        QVERIFY(!with.guide.isBusy());
        QCOMPARE(with.commands.cancelled, 1);
        with.commands.late();
        QCOMPARE(with.guide.step(), Step::Folders);

        with.commands.silent = false;
        with.goTo(Step::Plan);
        with.commands.silent = true;
        with.guide.next();
        QVERIFY(with.guide.isBusy());
        QVERIFY(with.guide.canGoOn()); // nobody has to wait for the tests
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Way);
        QCOMPARE(with.commands.cancelled, 2);
        with.guide.back();
        with.guide.checkAgain();
        QVERIFY(with.guide.isBusy());
        with.guide.back();
        QVERIFY(!with.guide.isBusy());
    }

    void whatNeverAnswersEndsByItself()
    {
        Guided with;
        with.guide.setDeadlines(1ms);
        with.commands.silent = true;
        with.guide.addFolder(u"/home/ada/code"_s);
        with.guide.next();
        QTRY_VERIFY(!with.guide.isBusy());
        QVERIFY(!with.guide.error().isEmpty());
        QCOMPARE(with.commands.cancelled, 1);
        QVERIFY(with.guide.canGoOn());
    }

    void anotherComputerIsAskedBeforeItIsReliedOn()
    {
        Guided with;
        with.goTo(Step::Way);
        with.guide.setRemote(true);
        QVERIFY(!with.guide.canGoOn());
        with.guide.setPlace({.url = u"https://apricot:8200"_s, .token = u"t"_s});
        with.commands.remote = Error{ErrorKind::AuthFailed, u"Wrong token."_s, {}};
        for (int twice = 0; twice < 2; ++twice) { // a wrong token stays wrong
            with.guide.next();
            QCOMPARE(with.guide.step(), Step::Way);
            QCOMPARE(with.guide.error(), u"Wrong token."_s);
        }
        with.commands.remote = Error{ErrorKind::Unreachable, u"Away."_s, {}};
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Way);
        with.guide.next(); // it may only be switched off
        QCOMPARE(with.guide.step(), Step::Ready);
        with.guide.back();
        with.guide.setPlace({.url = u"https://plum:8200"_s, .token = u"t"_s});
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Way); // another place is asked anew
        with.commands.remote = u"plum (auto-commit 0.1.0)"_s;
        with.guide.setPlace({.url = u"https://plum:8201"_s, .token = u"t"_s});
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Ready);
        QVERIFY(with.guide.readyText().contains(u"plum (auto-commit 0.1.0)"_s));
        with.guide.next();
        QCOMPARE(with.guide.step(), Step::Done);
        QCOMPARE(with.commands.starts.last().remote->url, u"https://plum:8201"_s);
        QVERIFY(with.login.commitsLocal()); // because this is what was chosen
        QCOMPARE(with.login.folders(), with.guide.folders());
    }

    void theSameTroubleInManyRepositoriesIsOneRow()
    {
        QList<ApiCheck> checks{check(u"git"_s, u"ok"_s), check(u"model:a"_s, u"skipped"_s, {}, u"nothing answers"_s),
                               check(u"model:b"_s, u"skipped"_s, {}, u"nothing answers"_s)};
        for (const QString &name : {u"/c/a"_s, u"/c/b"_s, u"/c/c"_s})
            checks += check(u"hub"_s, u"ok"_s, name, u"answers"_s);
        for (const QString &name : {u"/c/d"_s, u"/c/e"_s})
            checks += check(u"hub"_s, u"fail"_s, name, u"key refused"_s);
        checks += check(u"identity"_s, u"fail"_s, u"/c/f"_s, u"no name"_s);
        checks += check(u"branch"_s, u"ok"_s, u"/c/f"_s, u"main"_s);
        const QList<ApiCheck> rows = CheckTable::condensed(checks);
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows[0].message, u"answers for 3 repositories"_s);
        QCOMPARE(rows[1].repo, u"d, e"_s);
        QCOMPARE(rows[2].title, u"Models"_s);
        QCOMPARE(rows[3].id, u"identity"_s);
        CheckTable table;
        QAbstractItemModelTester tester(&table, strict);
        table.setChecks(checks);
        QVERIFY(table.hasFailure());
        QCOMPARE(table.index(1, CheckTable::Found).data().toString(), u"d, e: key refused"_s);
        QCOMPARE(table.index(1, CheckTable::Found).data(CheckTable::AdviceRole).toString(), u"mend it"_s);
        table.setChecks({check(u"git"_s, u"ok"_s)});
        QVERIFY(!table.hasFailure());
        QCOMPARE(table.rowCount(), 1); // that there is no hub is worth saying
    }

    void aPlaceIsCheckedBeforeAnythingIsSentThere_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("pin");
        QTest::addColumn<bool>("good");
        const QString pin = QString(64, u'a');
        QTest::newRow("tls") << u"https://apricot:8200"_s << QString() << true;
        QTest::newRow("pinned") << u"https://apricot:8200"_s << pin << true;
        QTest::newRow("short pin") << u"https://apricot:8200"_s << u"abcd"_s << false;
        QTest::newRow("in the clear") << u"http://apricot:8200"_s << QString() << false;
        QTest::newRow("a tunnel") << u"http://127.0.0.1:8201"_s << QString() << true;
        QTest::newRow("no scheme") << u"apricot"_s << QString() << false;
    }

    void aPlaceIsCheckedBeforeAnythingIsSentThere()
    {
        QFETCH(QString, url);
        QFETCH(QString, pin);
        QFETCH(bool, good);
        QCOMPARE(endpointOf({.url = url, .token = u"t"_s, .certificateSha256 = pin}).ok(), good);
    }

    void anAgentStandsForTheDaemonThatTheSettingsName()
    {
        QProcessEnvironment environment;
        const QTemporaryDir home;
        environment.insert(u"HOME"_s, home.path());
        const Paths paths(environment);
        QVERIFY(QDir().mkpath(paths.configDir()));
        QFile file(daemonsFile(paths));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"daemons\":[{\"name\":\"default\",\"port\":0,\"url\":\"\",\"remote\":\"x\"}]}");
        file.close();
        const auto endpoint = findEndpoint({}, environment, paths, false, {.url = u"https://apricot:8200"_s});
        QVERIFY(endpoint);
        QCOMPARE(endpoint->url.toString(), u"https://apricot:8200"_s);
    }
};

QTEST_GUILESS_MAIN(TestFirstRun)
#include "tst_firstrun.moc"
