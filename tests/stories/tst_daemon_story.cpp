#include "core/api/apirequest.h"
#include "core/config/autostart.h"
#include "core/service/daemonregistry.h"
#include "core/store/historyreader.h"
#include "tests/support/temprepo.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

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
    QMap<QString, QString> m_more; ///< of the environment

    QProcessEnvironment environment() const
    {
        QProcessEnvironment variables = m_world->environment();
        variables.insert(u"AUTO_COMMIT_COORDINATOR_URL"_s, QString());
        variables.insert(u"AUTO_COMMIT_SETTLE_SECONDS"_s, u"1"_s);
        variables.insert(u"AUTO_COMMIT_API_PORT"_s, u"0"_s);
        for (auto more = m_more.cbegin(); more != m_more.cend(); ++more)
            variables.insert(more.key(), more.value());
        return variables;
    }

    QString code() const { return m_world->path(u"code"_s); }
    Paths paths() const { return Paths(m_world->environment()); }
    DaemonRegistry registry() const { return DaemonRegistry(paths()); }

    void start(const QString &interval = u"1h"_s)
    {
        m_daemon = std::make_unique<QProcess>();
        m_daemon->setProcessEnvironment(environment());
        m_daemon->setWorkingDirectory(m_world->path());
        m_daemon->start(QStringLiteral(AC_COMMITS_PROGRAM), {u"start"_s, interval, u"-R"_s, code(), u"--foreground"_s});
        QVERIFY(m_daemon->waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(!registry().running()->isEmpty() && registry().running()->first().port > 0, patience);
    }

    QJsonObject repoNamed(const QString &name) const
    {
        const QByteArray text = commits({u"repos"_s, u"--json"_s}).out.toUtf8();
        for (const auto &row : QJsonDocument::fromJson(text).object()[u"repos"_s].toArray())
            if (row[u"name"_s] == name)
                return row.toObject();
        return {};
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
        m_more.clear();
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

    void aSecondDaemonOfTheSameNameIsRefused()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        const Outcome second = commits({u"start"_s, u"-R"_s, code(), u"--foreground"_s});
        QCOMPARE(second.exitCode, 2);
        QVERIFY2(second.err.contains(u"--name"_s), qPrintable(second.err));
        QCOMPARE(registry().running()->size(), 1);
    }

    void aTornRegistryLetsNoSecondDaemonInAndTheFirstBeStopped()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        QFile torn(paths().configDir() + u"/daemons.json"_s);
        QVERIFY(torn.open(QIODevice::WriteOnly));
        torn.write("{\n");
        torn.close();
        const Outcome second = commits({u"start"_s, u"-R"_s, code()});
        QCOMPARE(second.exitCode, 2);
        QVERIFY2(second.err.contains(QString::number(m_daemon->processId())), qPrintable(second.err));
        QTRY_VERIFY_WITH_TIMEOUT(!registry().running()->isEmpty(), patience); // with its heartbeat
        QCOMPARE(commits({u"stop"_s}).exitCode, 0);
        QVERIFY(m_daemon->waitForFinished(patience));
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

    void whatWasSavedIsStartedAgainAllAtOnceAndWhatRunsIsLeftAlone()
    {
        const TempRepo day(*m_world, u"code/a"_s);
        const TempRepo night(*m_world, u"other/b"_s);
        QCOMPARE(commits({u"start"_s, u"--all"_s}).exitCode, 2); // the list is empty
        const QString other = m_world->path(u"other"_s);
        QCOMPARE(commits({u"start"_s, u"90s"_s, u"-R"_s, other, u"--name"_s, u"night"_s, u"--save"_s}).exitCode, 0);
        QCOMPARE(commits({u"start"_s, day.path(), u"--save"_s}).exitCode, 0);
        QCOMPARE(commits({u"stop"_s, u"night"_s}).exitCode, 0);
        const qint64 left = registry().find(u"default"_s).value()->pid;

        const Outcome started = commits({u"start"_s, u"--all"_s, u"--json"_s});
        QVERIFY2(started.exitCode == 0, qPrintable(started.err));
        const QJsonArray daemons = QJsonDocument::fromJson(started.out.toUtf8())[u"daemons"_s].toArray();
        QCOMPARE(daemons.size(), 2);
        const auto again = registry().find(u"night"_s);
        QVERIFY(again && *again);
        QCOMPARE((*again)->paths, QStringList{QFileInfo(other).canonicalFilePath()});
        QVERIFY((*again)->recursive && (*again)->interval == 90);
        QCOMPARE(registry().find(u"default"_s).value()->pid, left);
        QCOMPARE(commits({u"stop"_s, u"--all"_s}).exitCode, 0);
    }

    void oneDirectoryThatIsGoneKeepsNoOtherDaemonFromStarting()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        QVERIFY(saveAutostart(paths().configFile(), {.name = u"gone"_s, .paths = {u"/no/such/place"_s}}).ok());
        QVERIFY(saveAutostart(paths().configFile(), {.name = u"here"_s, .paths = {repo.path()}}).ok());
        const Outcome started = commits({u"start"_s, u"--all"_s});
        QCOMPARE(started.exitCode, 2);
        QVERIFY2(started.err.contains(u"/no/such/place"_s), qPrintable(started.err));
        QCOMPARE(registry().running()->size(), 1);
        QCOMPARE(commits({u"stop"_s, u"here"_s}).exitCode, 0);
    }

    void aRestartSpeaksJsonAloneWhenAsked()
    {
        QCOMPARE(commits({u"start"_s, u"-R"_s, code()}).exitCode, 0);
        const Outcome restarted = commits({u"restart"_s, u"--json"_s});
        QVERIFY2(restarted.exitCode == 0, qPrintable(restarted.err));
        QCOMPARE(QJsonDocument::fromJson(restarted.out.toUtf8())[u"daemons"_s].toArray(), QJsonArray{u"default"_s});
        QVERIFY(commits({u"restart"_s}).out.contains(u"listening on"_s));
        QCOMPARE(commits({u"stop"_s}).exitCode, 0);
    }

    void settingsOfTheCommandLineReachTheDaemonInTheBackground()
    {
        const Outcome started = commits(
            {u"--set"_s, u"log_level=debug"_s, u"--set"_s, u"subject_length=60"_s, u"start"_s, u"-R"_s, code()});
        QVERIFY2(started.exitCode == 0, qPrintable(started.err));
        const auto entry = registry().find(u"default"_s);
        QVERIFY(entry && *entry);
        QCOMPARE((*entry)->paths, QStringList{code()});
        QCOMPARE(commits({u"stop"_s}).exitCode, 0);
    }

    void commandsReachTheDaemonThatRuns()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        const Outcome paused = commits({u"pause"_s, repo.path(), u"--for"_s, u"2h"_s, u"--reason"_s, u"by hand"_s});
        QVERIFY2(paused.exitCode == 0, qPrintable(paused.err));
        QCOMPARE(repoNamed(u"a"_s)[u"pause"_s][u"reason"_s].toString(), u"by hand"_s);
        const Outcome refused = commits({u"sync"_s, repo.path()});
        QCOMPARE(refused.exitCode, 2);
        QVERIFY2(refused.err.contains(u"by hand"_s), qPrintable(refused.err));
        QCOMPARE(commits({u"resume"_s, repo.path()}).exitCode, 0);
        repo.write("a.txt", "x\n");
        QCOMPARE(commits({u"sync"_s, repo.path()}).exitCode, 0);
        QTRY_VERIFY_WITH_TIMEOUT(isCommitted(repo, "a.txt"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!repoNamed(u"a"_s)[u"committed_at"_s].toString().isEmpty(), patience);
        const auto commitsToday = [this] {
            const QByteArray status = commits({u"status"_s, u"--json"_s}).out.toUtf8();
            return QJsonDocument::fromJson(status)[u"daemons"_s][0][u"counts"_s][u"commits_today"_s].toInt();
        };
        QTRY_COMPARE_WITH_TIMEOUT(commitsToday(), 1, patience);
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

    /// Over TLS alone: by the Unix socket; where that is gone, by the certificate the daemon wrote down, and no other.
    void commandsReachADaemonThatSpeaksTls()
    {
        QProcess openssl;
        openssl.start(u"openssl"_s,
                      {u"req"_s, u"-x509"_s, u"-nodes"_s, u"-days"_s, u"2"_s, u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s,
                       u"ec_paramgen_curve:prime256v1"_s, u"-subj"_s, u"/CN=x"_s, u"-keyout"_s,
                       m_world->path(u"key.pem"_s), u"-out"_s, m_world->path(u"cert.pem"_s)});
        if (!openssl.waitForFinished() || openssl.exitCode() != 0)
            QSKIP("no openssl here");
        m_more[u"AUTO_COMMIT_TLS_CERTIFICATE"_s] = m_world->path(u"cert.pem"_s);
        m_more[u"AUTO_COMMIT_TLS_KEY"_s] = m_world->path(u"key.pem"_s);
        start();
        DaemonEntry entry = registry().running()->first();
        QVERIFY(entry.url.startsWith(u"https://"_s));
        QCOMPARE(entry.certificateSha256.size(), 32);
        const auto state = [&] { return commits({u"status"_s, u"--json"_s}); };
        QVERIFY2(state().out.contains(u"\"coordinator\""_s), qPrintable(state().err));

        QVERIFY(QFile::remove(entry.socket));
        const auto overTls = state();
        QVERIFY2(overTls.exitCode == 0 && overTls.out.contains(u"\"coordinator\""_s), qPrintable(overTls.err));
        QCOMPARE(commits({u"pause"_s, u"--reason"_s, u"tls"_s}).exitCode, 0);
        QVERIFY(state().out.contains(u"\"reason\": \"tls\""_s));

        entry.certificateSha256[0] = static_cast<char>(~entry.certificateSha256[0]);
        QVERIFY(registry().leave(entry.name, entry.pid).ok());
        QVERIFY(registry().enter(entry).ok());
        const Outcome refused = state();
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.out.contains(u"tls-failed"_s), qPrintable(refused.out));
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

    void theSystemsServiceManagerIsToldWhenItRunsAndWhenItStops()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        const QByteArray path = QFile::encodeName(m_world->path(u"notify"_s));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        QVERIFY(path.size() < static_cast<qsizetype>(sizeof address.sun_path));
        std::ranges::copy(path, address.sun_path);
        const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        QCOMPARE(::bind(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address), 0);
        m_more.insert(u"NOTIFY_SOCKET"_s, QFile::decodeName(path));
        m_more.insert(u"WATCHDOG_USEC"_s, u"200000"_s);
        start();
        QByteArray heard;
        const auto hears = [&](const char *word) {
            std::array<char, 4096> buffer{};
            const auto size = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
            if (size > 0)
                heard += QByteArray(buffer.data(), size) + '\n';
            return heard.contains(word);
        };
        QTRY_VERIFY_WITH_TIMEOUT(hears("READY=1"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(hears("WATCHDOG=1"), patience);
        QVERIFY(commits({u"restart"_s}).err.contains(u"systemctl"_s)); // it would be started a second time
        m_daemon->terminate();
        QTRY_VERIFY_WITH_TIMEOUT(hears("STOPPING=1"), patience);
        ::close(socket);
    }

    void aServiceIsInstalledWithACommandThatWorksFromAnywhere()
    {
#ifndef Q_OS_LINUX
        QSKIP("launchd would really be told");
#endif
        QDir().mkpath(m_world->path(u"bin"_s));
        QFile fake(m_world->path(u"bin/systemctl"_s));
        QVERIFY(fake.open(QIODevice::WriteOnly));
        fake.write("#!/bin/sh\necho \"$@\" >> " + QFile::encodeName(m_world->path(u"told"_s)) + "\n");
        fake.close();
        fake.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        m_more.insert(u"PATH"_s, m_world->path(u"bin"_s) + u":/usr/bin:/bin"_s);
        QDir().mkpath(m_world->path(u"with \"quotes\" and 100%"_s));
        const Outcome installed
            = commits({u"service"_s, u"install"_s, u"5m"_s, u"-R"_s, u"with \"quotes\" and 100%"_s});
        QVERIFY2(installed.exitCode == 0, qPrintable(installed.err));
        const QString unitFile = QFileInfo(paths().configDir()).path() + u"/systemd/user/auto-commit.service"_s;
        QFile unit(unitFile);
        QVERIFY(unit.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(unit.readAll());
        QVERIFY2(text.contains(u"\"start\" \"--foreground\""_s) && text.contains(u"\"300s\""_s), qPrintable(text));
        QVERIFY2(text.contains(u"/with \\\"quotes\\\" and 100%%\""_s), qPrintable(text));
        QFile told(m_world->path(u"told"_s));
        QVERIFY(told.open(QIODevice::ReadOnly));
        QVERIFY(told.readAll().contains("enable --now auto-commit"));
        QCOMPARE(commits({u"service"_s, u"uninstall"_s}).exitCode, 0);
        QVERIFY(!QFile::exists(unitFile));
    }

    void servicesGoByTheNameOfTheirDaemonAndAFailedOneLeavesNothing()
    {
#ifndef Q_OS_LINUX
        QSKIP("launchd would really be told");
#endif
        const auto systemctl = [this](const QByteArray &body) {
            QDir().mkpath(m_world->path(u"bin"_s));
            QFile fake(m_world->path(u"bin/systemctl"_s));
            return fake.open(QIODevice::WriteOnly) && fake.write("#!/bin/sh\n" + body) > 0
                && fake.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        };
        m_more.insert(u"PATH"_s, m_world->path(u"bin"_s) + u":/usr/bin:/bin"_s);
        const QDir units(QFileInfo(paths().configDir()).path() + u"/systemd/user"_s);
        QVERIFY(systemctl("echo \"$@\" >> " + QFile::encodeName(m_world->path(u"told"_s)) + "\n"));
        QCOMPARE(commits({u"service"_s, u"install"_s, u"-R"_s, code()}).exitCode, 0);
        QCOMPARE(commits({u"service"_s, u"install"_s, u"-R"_s, code(), u"--name"_s, u"night"_s}).exitCode, 0);
        QCOMPARE(units.entryList(QDir::Files), (QStringList{u"auto-commit-night.service"_s, u"auto-commit.service"_s}));
        QFile told(m_world->path(u"told"_s));
        QVERIFY(told.open(QIODevice::ReadOnly));
        QVERIFY(told.readAll().contains("enable --now auto-commit-night\n"));
        QCOMPARE(commits({u"service"_s, u"uninstall"_s, u"--name"_s, u"night"_s}).exitCode, 0);
        QCOMPARE(units.entryList(QDir::Files), QStringList{u"auto-commit.service"_s});
        QVERIFY(systemctl("exit 1\n"));
        QCOMPARE(commits({u"service"_s, u"install"_s, u"-R"_s, code(), u"--name"_s, u"day"_s}).exitCode, 1);
        QCOMPARE(units.entryList(QDir::Files), QStringList{u"auto-commit.service"_s});
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
        QCOMPARE(commits({u"stop"_s}).exitCode, 0); // it can be ended whatever the file says
        QVERIFY(m_daemon->waitForFinished(patience));
    }
};

QTEST_GUILESS_MAIN(TestDaemonStory)
#include "tst_daemon_story.moc"
