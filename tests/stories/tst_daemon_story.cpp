#include "core/service/daemonregistry.h"
#include "core/store/historyreader.h"
#include "tests/support/temprepo.h"

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // ms; a loaded machine is slow

} // namespace

/// The daemon as a user meets it: the real program, real repositories, signals.
class TestDaemonStory final : public QObject
{
    Q_OBJECT

    std::unique_ptr<World> m_world;
    std::unique_ptr<QProcess> m_daemon;

    QProcessEnvironment environment() const
    {
        QProcessEnvironment variables = m_world->environment();
        variables.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, QString());
        variables.insert(u"AUTO_COMMIT_SETTLE_SECONDS"_s, u"1"_s);
        variables.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
        return variables;
    }

    QString code() const { return m_world->path(u"code"_s); }
    Paths paths() const { return Paths(m_world->environment()); }
    DaemonRegistry registry() const { return DaemonRegistry(paths()); }

    void start(const QStringList &more = {})
    {
        m_daemon = std::make_unique<QProcess>();
        m_daemon->setProcessEnvironment(environment());
        m_daemon->setWorkingDirectory(m_world->path());
        m_daemon->start(QStringLiteral(AC_COMMITS_PROGRAM),
                        QStringList{u"start"_s, u"1h"_s, u"-R"_s, code(), u"--foreground"_s} + more);
        QVERIFY(m_daemon->waitForStarted());
        QTRY_COMPARE_WITH_TIMEOUT(registry().running()->size(), 1, patience);
    }

    struct Outcome
    {
        int exitCode = -1;
        QString out;
        QString err;
    };

    Outcome commits(const QStringList &arguments) const
    {
        QProcess process;
        process.setProcessEnvironment(environment());
        process.setWorkingDirectory(m_world->path());
        process.start(QStringLiteral(AC_COMMITS_PROGRAM), arguments);
        process.waitForFinished(patience);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
                QString::fromUtf8(process.readAllStandardError())};
    }

    bool isCommitted(const TempRepo &repo, const QByteArray &file) const
    {
        return m_world->gitExit(repo.path(), {u"cat-file"_s, u"-e"_s, u"HEAD:"_s + QString::fromUtf8(file)}) == 0;
    }

    /// A cycle that began after this call has ended: whatever was going to happen, has.
    qint64 cyclesSoFar() const
    {
        const SystemClock clock;
        HistoryReader reader(paths().database(), clock);
        const auto cycles = reader.cycles({.limit = 1});
        return cycles && !cycles->items.isEmpty() ? cycles->items.first().id : 0;
    }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QDir().mkpath(code());
    }

    void cleanup()
    {
        if (m_daemon && m_daemon->state() == QProcess::Running) {
            m_daemon->terminate();
            m_daemon->waitForFinished(patience);
        }
        m_daemon.reset();
    }

    void aSavedFileIsCommittedLongBeforeTheNextCycle()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        repo.write("saved.txt", "by an editor\n");
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "saved.txt"), patience); // the next cycle is an hour away
        QCOMPARE(repo.git({u"status"_s, u"--porcelain"_s}), QByteArray());
    }

    void aKilledDaemonIsStartedAgainAndGoesOn()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        m_daemon->kill();
        QVERIFY(m_daemon->waitForFinished(patience));
        QVERIFY(registry().running()->isEmpty());
        repo.write("meanwhile.txt", "nobody watched\n");
        start();
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "meanwhile.txt"), patience);
        QVERIFY(commits({u"status"_s}).out.contains(u"default"_s));
    }

    void aPauseSurvivesARestartAndIsLiftedDurably()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        QCOMPARE(commits({u"pause"_s, repo.path(), u"--reason"_s, u"holiday"_s}).exitCode, 0); // no daemon runs
        const TempRepo other(*m_world, u"code/b"_s);
        repo.write("a.txt", "x\n");
        other.write("b.txt", "x\n");
        start();
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(other, "b.txt"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        QVERIFY(!isCommitted(repo, "a.txt"));
        cleanup();
        QCOMPARE(commits({u"resume"_s, repo.path()}).exitCode, 0);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "a.txt"), patience);
    }

    void stopEndsItWithinTenSecondsEvenWhileAHookHangs()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        QDir().mkpath(repo.path() + u"/.git/hooks"_s);
        QFile hook(repo.path() + u"/.git/hooks/pre-commit"_s);
        QVERIFY(hook.open(QIODevice::WriteOnly));
        hook.write("#!/bin/sh\ntouch \"$(git rev-parse --git-dir)/hook-runs\"\nsleep 600\n");
        hook.close();
        hook.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        repo.write("a.txt", "x\n");
        start();
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(repo.path() + u"/.git/hook-runs"_s), patience);
        QElapsedTimer taken;
        taken.start();
        const Outcome stopped = commits({u"stop"_s});
        QCOMPARE(stopped.exitCode, 0);
        QVERIFY(m_daemon->waitForFinished(patience));
        QVERIFY2(taken.elapsed() < 14'000,
                 qPrintable(QString::number(taken.elapsed()))); // 10 s, and starting a program
        QCOMPARE(m_daemon->exitCode(), 0);
        QVERIFY(registry().running()->isEmpty());
        QVERIFY(!QFile::exists(repo.path() + u"/.git/index.lock"_s));
        QVERIFY(!isCommitted(repo, "a.txt"));
    }

    void aSecondDaemonOfTheSameNameIsRefused()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        const Outcome second = commits({u"start"_s, u"-R"_s, code(), u"--foreground"_s});
        QCOMPARE(second.exitCode, 2);
        QVERIFY2(second.err.contains(u"--name"_s), qPrintable(second.err));
        QCOMPARE(registry().running()->size(), 1);
    }

    void startInTheBackgroundWaitsUntilItRunsAndSaysSo()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        const Outcome started = commits({u"start"_s, u"90s"_s, u"-R"_s, code(), u"--name"_s, u"night"_s});
        QVERIFY2(started.exitCode == 0, qPrintable(started.err));
        const auto entry = registry().find(u"night"_s);
        QVERIFY(entry && *entry);
        QCOMPARE((*entry)->interval, 90);
        QVERIFY(started.out.contains(QString::number((*entry)->pid)));
        repo.write("a.txt", "x\n");
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "a.txt"), patience);
        QCOMPARE(commits({u"stop"_s, u"night"_s}).exitCode, 0);
        QVERIFY(registry().running()->isEmpty());
    }

    void whatCannotStartSaysWhyInTheForegroundOfTheUser()
    {
        const Outcome nowhere = commits({u"start"_s, u"-R"_s, u"/no/such/place"_s});
        QCOMPARE(nowhere.exitCode, 2);
        QVERIFY(nowhere.err.contains(u"/no/such/place"_s));
        const Outcome interval = commits({u"start"_s, u"2s"_s, u"-R"_s, code()});
        QCOMPARE(interval.exitCode, 2);
        QVERIFY(interval.err.contains(u"10s"_s));
    }

    void withoutADaemonTheCommandsSayWhatToType_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("stop") << QStringList{u"stop"_s} << 2;
        QTest::newRow("restart") << QStringList{u"restart"_s} << 2;
        QTest::newRow("reload") << QStringList{u"reload"_s} << 2;
        QTest::newRow("status") << QStringList{u"status"_s} << 0;
        QTest::newRow("repos") << QStringList{u"repos"_s} << 0;
    }

    void withoutADaemonTheCommandsSayWhatToType()
    {
        QFETCH(const QStringList, arguments);
        const Outcome outcome = commits(arguments);
        QTEST(outcome.exitCode, "exitCode");
        QVERIFY2((outcome.out + outcome.err).contains(u"commits start -R ~/code"_s), qPrintable(outcome.err));
    }

    void aReloadTakesNewSettingsAndABrokenFileKeepsTheOld()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        QDir().mkpath(paths().configDir());
        QFile config(paths().configFile());
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("{ broken");
        config.close();
        ::kill(static_cast<pid_t>(m_daemon->processId()), SIGHUP);
        repo.write("still.txt", "x\n");
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "still.txt"), patience);
        QCOMPARE(m_daemon->state(), QProcess::Running);
    }
};

QTEST_GUILESS_MAIN(TestDaemonStory)
#include "tst_daemon_story.moc"
