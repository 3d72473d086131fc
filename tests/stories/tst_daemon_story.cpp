#include "core/api/apirequest.h"
#include "tests/stories/daemonlab.h"

#include <QElapsedTimer>

#include <csignal>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// The daemon as a user meets it: the real program, real repositories, signals.
class TestDaemonStory final : public QObject, private DaemonLab
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

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

    void inQuietHoursOnlyWhatAPersonAsksForIsDone()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        const TempRepo other(*m_world, u"code/b"_s);
        const QString config = m_world->path(u"home/.config/commits/startup-config.json"_s);
        const QTime now = QTime::currentTime();
        const auto quiet = [&](const QByteArray &ranges) {
            QDir().mkpath(QFileInfo(config).path());
            QFile file(config);
            return file.open(QIODevice::WriteOnly) && file.write("{\"quiet_hours\": [" + ranges + "]}") > 0;
        };
        const QString until = now.addSecs(2 * 3600).toString(u"HH:mm"_s);
        QVERIFY(quiet('"' + now.addSecs(-2 * 3600).toString(u"HH:mm"_s).toLatin1() + '-' + until.toLatin1() + '"'));
        repo.write("a.txt", "x\n");
        start(u"10s"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!repoNamed(u"b"_s).isEmpty(), patience);
        other.write("b.txt", "x\n");
        const Outcome status = commits({u"status"_s});
        QVERIFY2(status.out.contains(u"quiet until "_s + until), qPrintable(status.out + status.err));
        const Outcome synced = commits({u"sync"_s, repo.path()});
        QVERIFY2(synced.exitCode == 0, qPrintable(synced.err));
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "a.txt"), patience);
        QTest::qWait(12'000); // longer than the settle time and the interval
        QVERIFY(!isCommitted(other, "b.txt"));
        QVERIFY(quiet({}));
        QCOMPARE(commits({u"reload"_s}).exitCode, 0);
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(other, "b.txt"), patience);
        QVERIFY(!commits({u"status"_s}).out.contains(u"quiet until"_s));
    }

    void aPauseThatTheDaemonWasNotToldOfHoldsToo()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        const TempRepo other(*m_world, u"code/b"_s);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        const QString registry = m_world->path(u"home/.config/commits/daemons.json"_s);
        QVERIFY(QFile::rename(registry, registry + u".aside"_s)); // so that nobody can be told
        QCOMPARE(commits({u"pause"_s, repo.path()}).exitCode, 0);
        QVERIFY(QFile::rename(registry + u".aside"_s, registry));
        repo.write("a.txt", "x\n", 0);
        other.write("b.txt", "x\n", 0);
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(other, "b.txt"), patience);
        QVERIFY(!isCommitted(repo, "a.txt"));
        QCOMPARE(commits({u"resume"_s, repo.path()}).exitCode, 0);
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "a.txt"), patience);
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

    void commitsOfAnotherMachineAreBelievedOnceTheHubShowsThem()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        const QString hub = makeHub(*m_world, repo);
        const QString there = m_world->path(u"there"_s);
        m_world->git(m_world->path(), {u"clone"_s, u"-q"_s, hub, there});
        m_world->git(there,
                     {u"-c"_s, u"user.name=x"_s, u"-c"_s, u"user.email=x@example.org"_s, u"commit"_s, u"-q"_s,
                      u"--allow-empty"_s, u"-m"_s, u"feat: wave"_s});
        const QString sha = QString::fromLatin1(m_world->git(there, {u"rev-parse"_s, u"HEAD"_s}).trimmed());
        const QString invented(40, u'a');
        start();
        const DaemonEntry daemon = registry().running()->first();
        QFile file(daemon.tokenFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const ApiPlace place{.socket = daemon.socket, .token = file.readAll().trimmed()};
        QJsonArray told;
        for (const QString &one : {sha, invented})
            told += QJsonObject{{u"repo"_s, u"abcdefgh12345678"_s},
                                {u"origin"_s, hub},
                                {u"branch"_s, u"main"_s},
                                {u"sha"_s, one},
                                {u"committed_at"_s, isoText(wallTime(SystemClock()))}};
        QVERIFY(askDaemon(place,
                          {.method = "POST",
                           .path = "/record-commit",
                           .body = {{u"request_id"_s, u"1"_s}, {u"host"_s, u"cherry"_s}, {u"commits"_s, told}}})
                    .ok());
        const SystemClock clock;
        const auto isBelieved = [&](const QString &name) {
            const auto rows = HistoryReader(paths().database(), clock).commitsBySha(name);
            return rows && rows->size() == 1 && rows->first().verifiedAt.has_value();
        };
        const auto oneMoreCycle = [&] {
            const qint64 before = cyclesSoFar();
            const bool asked = askDaemon(place, {.method = "POST", .path = "/cycle", .body = {}}).ok();
            return asked && QTest::qWaitFor([&] { return cyclesSoFar() > before; }, patience);
        };
        QVERIFY(oneMoreCycle());
        QVERIFY(!isBelieved(sha)); // not pushed yet
        m_world->git(there, {u"push"_s, u"-q"_s});
        QTRY_VERIFY_WITH_TIMEOUT(oneMoreCycle() && isBelieved(sha), patience);
        QVERIFY(!isBelieved(invented));
    }

    void anUndoneCommitIsNotMadeAgainBehindThePersonsBack()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        const QByteArray before = repo.head();
        start();
        repo.write("a.txt", "x\n");
        QTRY_VERIFY_WITH_TIMEOUT(!repoNamed(u"a"_s)[u"committed_at"_s].toString().isEmpty(), patience);
        const Outcome undone = commits({u"undo"_s, repo.path(), u"--json"_s});
        QVERIFY2(undone.exitCode == 0, qPrintable(undone.err));
        QVERIFY(QJsonDocument::fromJson(undone.out.toUtf8()).object()[u"soft"_s].toBool());
        QCOMPARE(repo.head(), before);
        QCOMPARE(repo.read("a.txt"), QByteArray("x\n"));
        QVERIFY(repoNamed(u"a"_s)[u"pause"_s].isObject());
        QCOMPARE(commits({u"resume"_s, repo.path()}).exitCode, 0);
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "a.txt"), patience);
    }

    void whatCouldNotBePushedIsPushedByALaterCycle()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        const QString hub = makeHub(*m_world, repo);
        QVERIFY(QDir().rename(hub, hub + u".away"_s));
        repo.write("a.txt", "x\n");
        start(u"10s"_s);
        QTRY_VERIFY_WITH_TIMEOUT(repoNamed(u"a"_s)[u"needs_push"_s].toBool(), patience);
        QVERIFY(isCommitted(repo, "a.txt")); // the commit does not wait for the hub
        QTRY_VERIFY_WITH_TIMEOUT(commits({u"errors"_s}).out.size() > 0, patience);
        QVERIFY(QDir().rename(hub + u".away"_s, hub));
        QTRY_COMPARE_WITH_TIMEOUT(m_world->git(hub, {u"rev-parse"_s, u"HEAD"_s}), repo.head(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!repoNamed(u"a"_s)[u"needs_push"_s].toBool(), patience);
        QVERIFY(commits({u"errors"_s}).out.isEmpty()); // what is over does not stand any more
    }

    void twoDaemonsOverOneRepositoryMakeOneCommitAndNoFuss()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        QCOMPARE(commits({u"start"_s, u"1h"_s, u"-R"_s, code(), u"--name"_s, u"two"_s}).exitCode, 0);
        for (int i = 0; i < 3; ++i) {
            const QByteArray name = "file" + QByteArray::number(i);
            repo.write(name, "content " + name + "\n");
            QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, name), patience);
        }
        QTRY_VERIFY_WITH_TIMEOUT(commits({u"status"_s, u"--all"_s}).out.contains(u"only read here"_s), patience);
        QCOMPARE(commits({u"stop"_s, u"default"_s}).exitCode, 0); // then the other one looks after it
        repo.write("after.txt", "x\n");
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "after.txt"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!commits({u"status"_s, u"--all"_s}).out.contains(u"only read here"_s), patience);
        QCOMPARE(commits({u"stop"_s, u"--all"_s}).exitCode, 0);
        QCOMPARE(repo.subjects().size(), 5);
        QCOMPARE(commits({u"errors"_s}).out, QString());
    }

    void aSubmoduleIsCommittedFirstAndItsSuperprojectSoonAfterwards()
    {
        const TempRepo seed(*m_world, u"seed"_s);
        const QString libraryHub = makeHub(*m_world, seed, u"library.git"_s);
        const TempRepo app(*m_world, u"code/app"_s);
        app.git(
            {u"-c"_s, u"protocol.file.allow=always"_s, u"submodule"_s, u"--quiet"_s, u"add"_s, libraryHub, u"lib"_s});
        app.git({u"commit"_s, u"-qm"_s, u"add the library"_s});
        makeHub(*m_world, app, u"app.git"_s);
        const QString library = app.path() + u"/lib"_s;
        start();
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        app.write("lib/saved.txt", "by an editor\n");
        const auto pointer = [&] { return app.git({u"rev-parse"_s, u"HEAD:lib"_s}); };
        const auto tip = [&] { return m_world->git(library, {u"rev-parse"_s, u"HEAD"_s}); };
        const QByteArray before = pointer();
        QTRY_VERIFY_WITH_TIMEOUT(pointer() != before, patience); // the next cycle is an hour away
        QCOMPARE(pointer(), tip());
        QCOMPARE(m_world->git(libraryHub, {u"rev-parse"_s, u"HEAD"_s}), tip());
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
        QCOMPARE(commits({u"stop"_s}).exitCode, 0); // it can be ended whatever the file says
        QVERIFY(m_daemon->waitForFinished(patience));
    }
};

QTEST_GUILESS_MAIN(TestDaemonStory)
#include "tst_daemon_story.moc"
