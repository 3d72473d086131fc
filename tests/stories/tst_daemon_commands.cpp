#include "core/base/protocol.h"
#include "tests/stories/daemonlab.h"
#include "tests/support/fakeapi.h"

#include <QScopeGuard>

#include <algorithm>
#include <array>
#include <csignal>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

/// How a user starts, asks and stops daemons: the commands, the registry, the service manager.
class TestDaemonCommands final : public QObject, private DaemonLab
{
    Q_OBJECT

    /// One that has ended and that nobody asked about yet does not run.
    static bool runs(const QByteArray &pid)
    {
        QProcess ps;
        ps.start(u"ps"_s, {u"-o"_s, u"stat="_s, u"-p"_s, QString::fromLatin1(pid)});
        ps.waitForFinished(patience);
        const QByteArray state = ps.readAllStandardOutput().trimmed();
        return !state.isEmpty() && !state.startsWith('Z');
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

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

    void noHookRunsOnWithoutItsDaemon_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("stopped") << SIGTERM;
#ifdef Q_OS_LINUX
        QTest::newRow("killed") << SIGKILL;
#endif
    }
    void noHookRunsOnWithoutItsDaemon()
    {
        QFETCH(int, signal);
        const TempRepo repo(*m_world, u"code/a"_s);
        const QString note = m_world->path(u"pids"_s);
        QDir().mkpath(repo.file(".git/hooks"));
        QFile hook(repo.file(".git/hooks/pre-commit"));
        QVERIFY(hook.open(QIODevice::WriteOnly));
        hook.write("#!/bin/sh\nsleep 3017 &\necho $$ $! > '" + QFile::encodeName(note) + "'\nwait\n");
        hook.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        hook.close();
        repo.write("a.txt", "x\n");
        start();
        QList<QByteArray> pids;
        const auto noted = [&] {
            QFile file(note);
            pids = file.open(QIODevice::ReadOnly) ? file.readAll().simplified().split(' ') : QList<QByteArray>();
            return pids.size() == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(noted(), patience);
        QCOMPARE(::kill(static_cast<pid_t>(m_daemon->processId()), signal), 0);
        QVERIFY(m_daemon->waitForFinished(patience));
        for (const QByteArray &pid : std::as_const(pids))
            QTRY_VERIFY2_WITH_TIMEOUT(!runs(pid), pid.constData(), patience);
        QVERIFY(!isCommitted(repo, "a.txt"));
    }

    void statusSaysWhenTheDaemonIsOfAnotherVersion_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<qint64>("protocol");
        QTest::addColumn<bool>("drifts");
        QTest::newRow("the same") << QStringLiteral(AC_VERSION) << apiProtocol << false;
        QTest::newRow("another version") << u"0.0.7"_s << apiProtocol << true;
        QTest::newRow("another protocol") << QStringLiteral(AC_VERSION) << apiProtocol + 1 << true;
    }
    void statusSaysWhenTheDaemonIsOfAnotherVersion()
    {
        QFETCH(QString, version);
        QFETCH(qint64, protocol);
        FakeApi old;
        old.world.status.insert(u"version"_s, version);
        old.world.status.insert(u"protocol"_s, protocol);
        const DaemonEntry entry{.name = u"default"_s,
                                .pid = ::getpid(),
                                .startTime = processStartTime(::getpid()),
                                .port = old.endpoint().url.port(),
                                .url = old.endpoint().url.toString(),
                                .tokenFile = m_world->path(u"token"_s),
                                .version = version};
        QFile token(entry.tokenFile);
        QVERIFY(token.open(QIODevice::WriteOnly) && token.write(old.token) > 0);
        QVERIFY(token.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
        token.close();
        QVERIFY(registry().enter(entry).ok());
        const auto leave = qScopeGuard([&] { (void)registry().leave(entry.name, entry.pid).ok(); });
        QProcess status;
        status.setProcessEnvironment(environment());
        status.start(QStringLiteral(AC_COMMITS_PROGRAM), {u"status"_s});
        QTRY_COMPARE_WITH_TIMEOUT(status.state(), QProcess::NotRunning, patience); // the daemon is in this process
        const QString said = QString::fromUtf8(status.readAllStandardOutput() + status.readAllStandardError());
        QVERIFY2(said.contains(u"repositories  "_s), qPrintable(said));
        QFETCH(bool, drifts);
        QVERIFY2(said.contains(u"  drift  "_s) == drifts, qPrintable(said));
        if (drifts)
            QVERIFY2(
                said.contains(u"the daemon is version %1 (protocol %2), this program %3 (protocol %4); use `commits "
                              "restart`"_s.arg(version)
                                  .arg(protocol)
                                  .arg(QStringLiteral(AC_VERSION))
                                  .arg(apiProtocol)),
                qPrintable(said));
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
        QTRY_VERIFY_WITH_TIMEOUT(commits({u"logs"_s}).out.contains(u"watches "_s + code()), patience);
        QCOMPARE(commits({u"stop"_s}).exitCode, 0);
    }

    void aRestartKeepsTheSettingsOfTheCommandLine()
    {
        const auto subjectLength = [this] {
            const auto entry = registry().find(u"default"_s);
            return entry && *entry ? (*entry)->overrides.value(u"subject_length"_s) : QString();
        };
        QCOMPARE(commits({u"--set"_s, u"subject_length=60"_s, u"start"_s, u"-R"_s, code()}).exitCode, 0);
        QCOMPARE(subjectLength(), u"60"_s);
        const Outcome again = commits({u"restart"_s});
        QVERIFY2(again.exitCode == 0, qPrintable(again.err));
        QCOMPARE(subjectLength(), u"60"_s);
        QCOMPARE(commits({u"--set"_s, u"subject_length=61"_s, u"restart"_s}).exitCode, 0);
        QCOMPARE(subjectLength(), u"61"_s);
        QCOMPARE(commits({u"stop"_s}).exitCode, 0);
    }

    void whatWouldKeepADaemonFromStartingIsSaidWhileTheOldOneRuns()
    {
        QCOMPARE(commits({u"start"_s, u"-R"_s, code()}).exitCode, 0);
        const qint64 pid = (*registry().find(u"default"_s))->pid;
        QCOMPARE(commits({u"config"_s, u"set"_s, u"api_bind"_s, u"0.0.0.0"_s}).exitCode, 0);
        for (const QStringList &command : {QStringList{u"restart"_s}, QStringList{u"reload"_s},
                                           QStringList{u"config"_s, u"validate"_s}, QStringList{u"doctor"_s}}) {
            const Outcome outcome = commits(command);
            QVERIFY2(outcome.exitCode != 0, qPrintable(command.first()));
            QVERIFY2((outcome.out + outcome.err).contains(u"tls_certificate"_s), qPrintable(outcome.out + outcome.err));
        }
        const auto entry = registry().find(u"default"_s);
        QVERIFY(entry && *entry && (*entry)->pid == pid);
        QCOMPARE(commits({u"stop"_s}).exitCode, 0);
    }

    void aDirectoryThatVanishedWaitsForItsUserUntilItIsBack()
    {
        const TempRepo repo(*m_world, u"code/a"_s);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(cyclesSoFar() > 0, patience);
        const auto status = [this] {
            const QByteArray text = commits({u"status"_s, u"--json"_s}).out.toUtf8();
            return QJsonDocument::fromJson(text)[u"daemons"_s][0];
        };
        const QString elsewhere = m_world->path(u"elsewhere"_s);
        QVERIFY(QDir().rename(code(), elsewhere));
        QCOMPARE(commits({u"reload"_s}).exitCode, 0);
        QTRY_COMPARE_WITH_TIMEOUT(status()[u"counts"_s][u"attention"_s].toInt(), 1, patience);
        QCOMPARE(status()[u"attention"_s][0][u"message"_s].toString(), u"its directory is gone: "_s + repo.path());
        QTRY_COMPARE_WITH_TIMEOUT(status()[u"state"_s].toString(), u"attention"_s, patience);
        QVERIFY(QDir().rename(elsewhere, code()));
        QCOMPARE(commits({u"sync"_s, repo.path()}).exitCode, 0); // by itself it backs off for a while
        QTRY_COMPARE_WITH_TIMEOUT(status()[u"counts"_s][u"attention"_s].toInt(), 0, patience);
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
};

QTEST_GUILESS_MAIN(TestDaemonCommands)
#include "tst_daemon_commands.moc"
