#include "core/config/paths.h"
#include "core/config/settingspecs.h"
#include "tests/support/temprepo.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

struct Outcome
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

/// Every file below a directory with its content, `.git` included.
QMap<QString, QByteArray> everyByte(const QString &directory)
{
    QMap<QString, QByteArray> files;
    QDirIterator iterator(directory, QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        QFile file(iterator.next());
        if (file.open(QIODevice::ReadOnly))
            files.insert(file.fileName(), file.readAll());
    }
    return files;
}

QByteArray aToken()
{
    return "ghp_" + QByteArray("R4nd0mLook1ngT0k3nV4lu3Abcdefgh12345"); // apart, so that no scanner stumbles over it
}

} // namespace

/// The program as a user or a script meets it: real processes, a HOME of its own.
class TestCommandLine final : public QObject
{
    Q_OBJECT

    World m_world;

    Outcome commits(const QStringList &arguments, const QString &directory = {}, const QByteArray &input = {},
                    const QMap<QString, QString> &environment = {}) const
    {
        QProcess process;
        QProcessEnvironment variables = m_world.environment();
        for (auto it = environment.begin(); it != environment.end(); ++it)
            variables.insert(it.key(), it.value());
        process.setProcessEnvironment(variables);
        process.setWorkingDirectory(directory.isEmpty() ? m_world.path() : directory);
        process.start(QStringLiteral(AC_COMMITS_PROGRAM), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            return {.err = "did not end well: " + process.errorString().toUtf8()};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void aHistoryThatCannotBeRecordedIsSaid()
    {
        TempRepo repo(m_world, u"norecord"_s);
        repo.write("a.txt", "a\n");
        QFile wall(m_world.path(u"wall"_s));
        QVERIFY(wall.open(QIODevice::WriteOnly));
        const Outcome once = commits({u"once"_s}, repo.path(), {}, {{u"XDG_CACHE_HOME"_s, wall.fileName()}});
        QVERIFY2(once.err.contains("history is not recorded: "), once.err.constData());
        QCOMPARE(once.err.count("history is not recorded"), 1);
        QCOMPARE(once.exitCode, 0);
        QVERIFY2(once.out.contains("1 commit"), once.out.constData());
    }

    void theDemoCommitsPushesAndKeepsTheSecretBack()
    {
        const Outcome demo = commits({u"demo"_s});
        QCOMPARE(demo.exitCode, 0);
        QVERIFY(demo.out.contains("left out  .env"));
        QVERIFY(demo.out.contains("pushed"));
        QVERIFY2(!QFile::exists(m_world.path(u".config/commits/daemons.json"_s)), "the demo touches nothing else");
    }

    void wrongUsageIsExplainedAndExitsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("unknown command") << QStringList{u"onec"_s} << QByteArray("onec");
        QTest::newRow("unknown option") << QStringList{u"once"_s, u"--drty-run"_s} << QByteArray("--drty-run");
        QTest::newRow("no such path") << QStringList{u"once"_s, u"/does/not/exist"_s} << QByteArray("/does/not/exist");
        QTest::newRow("unknown setting") << QStringList{u"--set"_s, u"max_file_byte=1"_s, u"config"_s, u"list"_s}
                                         << QByteArray("max_file_byte");
        QTest::newRow("value out of range")
            << QStringList{u"--set"_s, u"subject_length=3"_s, u"config"_s, u"list"_s} << QByteArray("subject_length");
        QTest::newRow("scan of nothing") << QStringList{u"scan"_s, u"/does/not/exist"_s}
                                         << QByteArray("/does/not/exist");
        QTest::newRow("history of nothing") << QStringList{u"history"_s, u"/nope"_s} << QByteArray("/nope");
        QTest::newRow("explain outside a checkout") << QStringList{u"explain"_s} << QByteArray("not inside a git");
        QTest::newRow("sync outside a checkout") << QStringList{u"sync"_s} << QByteArray("not inside a git");
        QTest::newRow("pause of an unset variable") << QStringList{u"pause"_s, QString()} << QByteArray("REPO");
        QTest::newRow("resume of an unset variable") << QStringList{u"resume"_s, QString()} << QByteArray("REPO");
        QTest::newRow("undo of an unset commit") << QStringList{u"undo"_s, u"."_s, QString()} << QByteArray("SHA");
        QTest::newRow("a time nobody knows")
            << QStringList{u"history"_s, u"--since"_s, u"yesterday"_s} << QByteArray("yesterday");
    }

    void wrongUsageIsExplainedAndExitsWithTwo()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, named);
        const Outcome outcome = commits(arguments);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY(outcome.out.isEmpty());
        QVERIFY2(outcome.err.contains(named), outcome.err.constData());
        QVERIFY2(!outcome.err.contains("-R"), outcome.err.constData()); // none of these has it to offer
    }

    void aBrokenConfigurationNamesFileKeyAndRange()
    {
        const TempRepo repo(m_world, u"configured"_s);
        const QString home = m_world.path(u"broken"_s);
        QDir().mkpath(home + u"/commits"_s);
        QFile file(home + u"/commits/startup-config.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"max_parallel_repos": 9000})");
        file.close();
        const Outcome outcome = commits({u"once"_s, repo.path()}, {}, {}, {{u"XDG_CONFIG_HOME"_s, home}});
        QCOMPARE(outcome.exitCode, 2);
        for (const char *part : {"startup-config.json", "max_parallel_repos", "64"})
            QVERIFY2(outcome.err.contains(part), outcome.err.constData());
    }

    void aBrokenConfigurationKeepsNobodyFromLookingOrStopping_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("status") << QStringList{u"status"_s, u"--json"_s} << 0;
        QTest::newRow("repos") << QStringList{u"repos"_s} << 0;
        QTest::newRow("logs") << QStringList{u"logs"_s} << 0;
        QTest::newRow("history") << QStringList{u"history"_s} << 0;
        QTest::newRow("errors") << QStringList{u"errors"_s} << 0;
        QTest::newRow("pause") << QStringList{u"pause"_s} << 0;
        QTest::newRow("resume") << QStringList{u"resume"_s} << 0;
        QTest::newRow("doctor") << QStringList{u"doctor"_s, u"--offline"_s} << 1;
        QTest::newRow("once") << QStringList{u"once"_s} << 2;
        QTest::newRow("start") << QStringList{u"start"_s} << 2;
        QTest::newRow("restart") << QStringList{u"restart"_s} << 2;
        QTest::newRow("scan") << QStringList{u"scan"_s} << 2;
        QTest::newRow("message") << QStringList{u"message"_s} << 2;
        QTest::newRow("config validate") << QStringList{u"config"_s, u"validate"_s} << 2;
    }

    void aBrokenConfigurationKeepsNobodyFromLookingOrStopping()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, exitCode);
        const QString home = m_world.path(u"torn"_s);
        QDir().mkpath(home + u"/commits"_s);
        QFile file(home + u"/commits/startup-config.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\n");
        file.close();
        const Outcome outcome = commits(arguments, {}, {}, {{u"XDG_CONFIG_HOME"_s, home}});
        QVERIFY2(outcome.exitCode == exitCode, outcome.err.constData());
        QVERIFY2(outcome.err.contains("startup-config.json:"), outcome.err.constData());
        QCOMPARE(outcome.err.count("commits: warning: "), exitCode == 2 ? 0 : 1);
        if (arguments.first() == u"doctor"_s)
            QVERIFY2(outcome.out.contains("FAIL  Settings"), outcome.out.constData());
    }

    void everyTableIsAnObjectForPrograms_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("key");
        QTest::newRow("status") << QStringList{u"status"_s} << u"daemons"_s;
        QTest::newRow("repos") << QStringList{u"repos"_s} << u"repos"_s;
        QTest::newRow("history") << QStringList{u"history"_s} << u"commits"_s;
        QTest::newRow("errors") << QStringList{u"errors"_s} << u"errors"_s;
        QTest::newRow("cycles") << QStringList{u"cycles"_s} << u"cycles"_s;
        QTest::newRow("logs") << QStringList{u"logs"_s} << u"lines"_s;
        QTest::newRow("stats") << QStringList{u"stats"_s} << u"per_day"_s;
        QTest::newRow("parity") << QStringList{u"parity"_s} << u"items"_s;
        QTest::newRow("config") << QStringList{u"config"_s, u"list"_s} << u"settings"_s;
        QTest::newRow("token") << QStringList{u"token"_s, u"list"_s} << u"tokens"_s;
    }
    /// With nothing there yet, which is when a script meets it first.
    void everyTableIsAnObjectForPrograms()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, key);
        const QString home = m_world.path(u"nothing yet"_s);
        const QMap<QString, QString> empty{{u"XDG_CONFIG_HOME"_s, home}, {u"XDG_CACHE_HOME"_s, home}};
        const Outcome outcome = commits(arguments + QStringList{u"--json"_s}, {}, {}, empty);
        QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
        QVERIFY2(outcome.json().contains(key), outcome.out.constData());
    }

    void followingALogIsNoObject() { QCOMPARE(commits({u"logs"_s, u"--json"_s, u"--follow"_s}).exitCode, 2); }

    void onceSpeaksTheJsonOfItsContract()
    {
        const TempRepo repo(m_world, u"contract"_s);
        makeHub(m_world, repo, u"contract.git"_s);
        repo.write("parser.c", "int parse(void);\n");
        repo.write(".env", "TOKEN=" + aToken() + '\n');
        const Outcome outcome = commits({u"once"_s, u"--json"_s, repo.path()});
        QCOMPARE(outcome.exitCode, 0);
        const QJsonObject run = outcome.json()[u"repos"_s].toArray().first().toObject();
        QCOMPARE(run[u"path"_s].toString(), repo.path());
        QCOMPARE(run[u"branch"_s].toString(), u"main"_s);
        QCOMPARE(run[u"state"_s].toString(), u"committed"_s);
        QCOMPARE(run[u"pushed"_s].toBool(), true);
        QVERIFY(run[u"error"_s].isNull());
        const QJsonObject commit = run[u"commits"_s].toArray().first().toObject();
        QCOMPARE(commit[u"sha"_s].toString().toLatin1(), repo.head());
        QCOMPARE(commit[u"paths"_s].toArray(), QJsonArray{u"parser.c"_s});
        QCOMPARE(commit[u"source"_s].toString(), u"builtin"_s);
        QVERIFY(commit[u"subject"_s].toString().contains(u"pars"_s));
        const QJsonObject excluded = run[u"excluded"_s].toArray().first().toObject();
        QCOMPARE(excluded[u"path"_s].toString(), u".env"_s);
        QVERIFY(!outcome.out.contains(aToken()));
    }

    void aDryRunChangesNoByte()
    {
        const TempRepo repo(m_world, u"dry"_s);
        makeHub(m_world, repo, u"dry.git"_s);
        repo.write("a.txt", "new\n");
        repo.write("README", "changed\n");
        repo.git({u"add"_s, u"README"_s});
        const auto before = everyByte(repo.path());
        const auto hub = everyByte(m_world.path(u"dry.git"_s));
        const QString own = m_world.path(u"dry-own"_s);
        const Outcome outcome
            = commits({u"once"_s, u"-n"_s, u"--json"_s, repo.path()}, {}, {},
                      {{u"XDG_CONFIG_HOME"_s, own + u"/config"_s}, {u"XDG_CACHE_HOME"_s, own + u"/cache"_s}});
        QCOMPARE(outcome.exitCode, 0);
        for (const QString &kept : everyByte(own).keys())
            QVERIFY2(kept.endsWith(u".log"_s), qPrintable(kept)); // what it was asked to do, and no more
        QCOMPARE(outcome.json()[u"repos"_s].toArray().first().toObject()[u"state"_s].toString(), u"planned"_s);
        QCOMPARE(everyByte(repo.path()), before);
        QCOMPARE(everyByte(m_world.path(u"dry.git"_s)), hub);
    }

    void oneCheckoutThatNeedsItsUserMakesTheExitOneAndStopsNoOther()
    {
        const TempRepo good(m_world, u"two/good"_s);
        const TempRepo stuck(m_world, u"two/stuck"_s);
        good.write("a", "a\n");
        stuck.write("b", "b\n");
        stuck.git({u"checkout"_s, u"-q"_s, u"--detach"_s});
        const Outcome outcome = commits({u"once"_s, u"-R"_s, u"--json"_s, m_world.path(u"two"_s)});
        QCOMPARE(outcome.exitCode, 1);
        const QJsonArray repos = outcome.json()[u"repos"_s].toArray();
        QCOMPARE(repos.size(), 2);
        QCOMPARE(repos[0].toObject()[u"state"_s].toString(), u"committed"_s);
        QCOMPARE(repos[1].toObject()[u"state"_s].toString(), u"skipped"_s);
        QCOMPARE(repos[1].toObject()[u"error"_s].toObject()[u"kind"_s].toString(), u"detached-head"_s);
    }

    void aPauseHoldsOnceUntilItIsLifted()
    {
        const TempRepo repo(m_world, u"paused"_s);
        const TempRepo other(m_world, u"free"_s);
        repo.write("note.md", "# Note\n");
        other.write("note.md", "# Note\n");
        const QByteArray head = repo.head();
        QCOMPARE(commits({u"pause"_s, repo.path(), u"--for"_s, u"2h"_s, u"--reason"_s, u"travelling"_s}).exitCode, 0);
        const Outcome held = commits({u"once"_s, u"--json"_s, repo.path(), other.path()});
        QCOMPARE(held.exitCode, 1);
        const QJsonObject report = held.json()[u"repos"_s].toArray().first().toObject();
        QCOMPARE(report[u"state"_s].toString(), u"skipped"_s);
        for (const QString &told : {u"travelling"_s, u"until 2"_s, u"commits resume "_s + repo.path()})
            QVERIFY2(report[u"reason"_s].toString().contains(told), held.out.constData());
        QCOMPARE(repo.head(), head);
        QCOMPARE(other.subjects().size(), 2);
        QCOMPARE(commits({u"explain"_s, u"--json"_s, repo.path()}).json()[u"now"_s].toObject()[u"state"_s].toString(),
                 u"skipped"_s);
        QCOMPARE(commits({u"sync"_s, repo.path()}).exitCode, 1);
        QCOMPARE(commits({u"resume"_s, repo.path()}).exitCode, 0);
        QCOMPARE(commits({u"pause"_s}).exitCode, 0);
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 1);
        QCOMPARE(repo.head(), head);
        QCOMPARE(commits({u"resume"_s}).exitCode, 0);
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        QVERIFY(repo.head() != head);
    }

    void aReaderThatHasSeenEnoughIsNoFailure()
    {
        const TempRepo repo(m_world, u"long"_s);
        for (int i = 0; i < 4; ++i) {
            repo.write("note.md", "# Note " + QByteArray::number(i) + "\n");
            QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        }
        QProcess shell; // the reader is gone before the first word
        shell.setProcessEnvironment(m_world.environment());
        shell.setWorkingDirectory(repo.path());
        shell.start(u"bash"_s,
                    {u"-c"_s, u"{ sleep 1; \"$0\" history; echo \"ended $?\" >&2; } | true"_s,
                     QStringLiteral(AC_COMMITS_PROGRAM)});
        QVERIFY(shell.waitForFinished(60'000));
        QCOMPARE(shell.readAllStandardError(), QByteArray("ended 0\n"));
    }

    void aPauseThatIsOverIsShownNoMore()
    {
        const TempRepo repo(m_world, u"rested"_s);
        repo.write("note.md", "# Note\n");
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        const auto isPaused = [&] {
            for (const auto &row : commits({u"repos"_s, u"--json"_s}).json()[u"repos"_s].toArray())
                if (row[u"path"_s].toString().endsWith(u"/rested"))
                    return row[u"pause"_s].isObject();
            return false;
        };
        QCOMPARE(commits({u"pause"_s, repo.path(), u"--for"_s, u"2s"_s}).exitCode, 0);
        QVERIFY(isPaused());
        QTRY_VERIFY_WITH_TIMEOUT(!isPaused(), 30'000);
    }

    void whatWasUndoneIsNotCommittedAgain()
    {
        const TempRepo repo(m_world, u"undone"_s);
        const QByteArray head = repo.head();
        repo.write("note.md", "# Note\n");
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        QCOMPARE(commits({u"undo"_s, repo.path()}).exitCode, 0);
        const Outcome again = commits({u"once"_s, repo.path()});
        QCOMPARE(again.exitCode, 1);
        QVERIFY2((again.out + again.err).contains("commits resume"), (again.out + again.err).constData());
        QCOMPARE(repo.head(), head);
        QCOMPARE(repo.read("note.md"), QByteArray("# Note\n"));
    }

    void whatWasDoneStandsInHistoryAndExplain()
    {
        const TempRepo repo(m_world, u"told"_s);
        repo.write("note.md", "# Note\n");
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        const Outcome history = commits({u"history"_s, u"--json"_s, repo.path()});
        QCOMPARE(history.exitCode, 0);
        const QJsonObject commit = history.json()[u"commits"_s].toArray().first().toObject();
        QCOMPARE(commit[u"sha"_s].toString().toLatin1(), repo.head());
        QCOMPARE(commit[u"paths"_s].toArray(), QJsonArray{u"note.md"_s});
        const Outcome explain = commits({u"explain"_s, u"--json"_s, repo.path()});
        QCOMPARE(explain.exitCode, 0);
        QVERIFY(!explain.json()[u"last"_s].toArray().isEmpty());
        QCOMPARE(explain.json()[u"now"_s].toObject()[u"state"_s].toString(), u"clean"_s);
    }

    void errorsNameTheirCheckoutsAndWhatIsOneCauseIsOneLine()
    {
        const TempRepo first(m_world, u"lost1"_s);
        const TempRepo second(m_world, u"lost2"_s);
        for (const TempRepo *repo : {&first, &second}) {
            repo->git({u"checkout"_s, u"-q"_s, u"--detach"_s});
            repo->write("a", "a\n");
            QCOMPARE(commits({u"once"_s, repo->path()}).exitCode, 1);
        }
        const QJsonArray rows = commits({u"errors"_s, u"--json"_s}).json()[u"errors"_s].toArray();
        const auto isOf = [](const TempRepo &repo) {
            return [&repo](const QJsonValue &row) { return row[u"path"_s].toString() == repo.path(); };
        };
        QCOMPARE(std::ranges::count_if(rows, isOf(first)), 1);
        QCOMPARE(std::ranges::count_if(rows, isOf(second)), 1);
        const Outcome all = commits({u"errors"_s});
        QCOMPARE(all.out.count("HEAD is detached"), 1);
        QVERIFY2(all.out.contains(" repositories: HEAD") && all.out.contains("lost1") && all.out.contains("lost2"),
                 all.out.constData());
        const Outcome one = commits({u"errors"_s, first.path()});
        QVERIFY2(one.out.contains("lost1: HEAD is detached"), one.out.constData());
        for (const TempRepo *repo : {&first, &second}) {
            repo->git({u"checkout"_s, u"-q"_s, u"main"_s});
            QCOMPARE(commits({u"once"_s, repo->path()}).exitCode, 0);
        }
    }

    void explainTellsOfTheLastRunAndOfWhatStands()
    {
        const TempRepo repo(m_world, u"explained"_s);
        repo.write("first.md", "# One\n");
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        repo.write("second.md", "# Two\n");
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        const QJsonArray last = commits({u"explain"_s, u"--json"_s, repo.path()}).json()[u"last"_s].toArray();
        QVERIFY(!last.isEmpty());
        const QByteArray words = QJsonDocument(last).toJson();
        QVERIFY2(words.contains(repo.head().left(7)), words.constData());
        makeHub(m_world, repo, u"explained.git"_s);
        repo.git({u"push"_s, u"-q"_s});
        repo.git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"mine"_s});
        QVERIFY(QDir(m_world.path(u"explained.git"_s)).removeRecursively());
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 1);
        const QJsonObject now = commits({u"explain"_s, u"--json"_s, repo.path()}).json()[u"now"_s].toObject();
        QVERIFY2(now[u"reason"_s].toString().startsWith(u"nothing to commit, but since"),
                 qPrintable(now[u"reason"_s].toString()));
    }

    void anErrorStandsUntilARunGoesWell()
    {
        const TempRepo repo(m_world, u"erring"_s);
        repo.write("a", "a\n");
        const QByteArray branch = "main";
        repo.git({u"checkout"_s, u"-q"_s, u"--detach"_s});
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 1);
        const QJsonArray standing = commits({u"errors"_s, u"--json"_s, repo.path()}).json()[u"errors"_s].toArray();
        QCOMPARE(standing.size(), 1);
        QCOMPARE(standing.first().toObject()[u"kind"_s].toString(), u"detached-head"_s);
        const QFileInfoList marks
            = QDir(Paths(m_world.environment()).cacheDir() + u"/attention"_s).entryInfoList(QDir::Files);
        QVERIFY(!marks.isEmpty());
        for (const QFileInfo &mark : marks)
            QVERIFY2(!(mark.permissions() & (QFile::ReadGroup | QFile::ReadOther)), qPrintable(mark.filePath()));
        repo.git({u"checkout"_s, u"-q"_s, QString::fromLatin1(branch)});
        repo.remove("a");
        QCOMPARE(commits({u"once"_s, repo.path()}).exitCode, 0);
        QVERIFY(commits({u"errors"_s, u"--json"_s, repo.path()}).json()[u"errors"_s].toArray().isEmpty());
    }

    void theDoctorNamesWhatWillBreakAndExitsOne()
    {
        const TempRepo repo(m_world, u"ailing"_s);
        repo.git({u"config"_s, u"user.name"_s, u""_s});
        const Outcome outcome = commits({u"doctor"_s, u"--json"_s, u"--offline"_s, repo.path()});
        QCOMPARE(outcome.exitCode, 1);
        QStringList failing;
        for (const QJsonValue &check : outcome.json()[u"checks"_s].toArray())
            if (check[u"state"_s].toString() == u"fail"_s && !check[u"advice"_s].toString().isEmpty())
                failing += check[u"id"_s].toString();
        QCOMPARE(failing, QStringList{u"identity"_s});
    }

    void scanSpeaksTheJsonOfItsContract()
    {
        const QString tree = m_world.path(u"tree"_s);
        QDir().mkpath(tree);
        for (const auto &[name, text] :
             {std::pair{u"app.py"_s, "x = 1\ntoken = \"" + aToken() + "\"\n"},
              std::pair{u".env"_s, QByteArray("A=b\n")}, std::pair{u"fine.txt"_s, QByteArray("hello\n")}}) {
            QFile file(tree + u'/' + name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        }
        const Outcome outcome = commits({u"scan"_s, u"--json"_s, u"."_s}, tree);
        QCOMPARE(outcome.exitCode, 1);
        QCOMPARE(outcome.json()[u"files"_s].toInt(), 3);
        QVERIFY(outcome.json()[u"bytes"_s].toInt() > 60);
        const QJsonObject finding = outcome.json()[u"findings"_s].toArray().first().toObject();
        QCOMPARE(finding[u"path"_s].toString(), u"app.py"_s);
        QCOMPARE(finding[u"line"_s].toInt(), 2);
        QVERIFY(!finding[u"rule"_s].toString().isEmpty());
        QVERIFY(!outcome.out.contains(aToken()));
        QCOMPARE(outcome.json()[u"blocked_names"_s].toArray(), QJsonArray{u".env"_s});
        QCOMPARE(commits({u"scan"_s, u"fine.txt"_s}, tree).exitCode, 0);
        QCOMPARE(commits({u"scan"_s, u"--stdin"_s}, tree, "token = \"" + aToken() + "\"\n").exitCode, 1);
    }

    void scanFindsWhatIsStagedBeforeTheFirstCommit()
    {
        const TempRepo repo(m_world, u"first"_s, TempRepo::Start::Unborn);
        repo.write("fine.py", "token = None\n");
        repo.git({u"add"_s, u"-A"_s});
        QCOMPARE(commits({u"scan"_s, u"--staged"_s}, repo.path()).exitCode, 0);
        repo.write("config.py", "token = \"" + aToken() + "\"\n");
        repo.git({u"add"_s, u"-A"_s});
        QCOMPARE(commits({u"scan"_s, u"--staged"_s}, repo.path()).exitCode, 1);
    }

    void scanFindsWhatIsStagedAndWhatARangeBrings()
    {
        const TempRepo repo(m_world, u"ranged"_s);
        repo.write("config.py", "token = \"" + aToken() + "\"\n");
        repo.git({u"add"_s, u"-A"_s});
        QCOMPARE(commits({u"scan"_s, u"--staged"_s}, repo.path()).exitCode, 1);
        repo.git({u"commit"_s, u"-q"_s, u"-m"_s, u"oops"_s});
        repo.write("config.py", "token = None\n");
        repo.git({u"commit"_s, u"-q"_s, u"-a"_s, u"-m"_s, u"better"_s});
        QCOMPARE(commits({u"scan"_s}, repo.path()).exitCode, 0);
        QCOMPARE(commits({u"scan"_s, u"--range"_s, u"HEAD~2..HEAD"_s}, repo.path()).exitCode, 1);
        QCOMPARE(commits({u"scan"_s, u"--range"_s, u"HEAD~1..HEAD"_s}, repo.path()).exitCode, 0);
        QCOMPARE(commits({u"scan"_s, u"--range"_s, u"nowhere..HEAD"_s}, repo.path()).exitCode, 2);
    }

    void aMessageGoesToStandardOutputAlone()
    {
        const TempRepo repo(m_world, u"worded"_s);
        QCOMPARE(commits({u"message"_s}, repo.path()).exitCode, 2);
        repo.write("parser.c", "int parse(void);\n");
        repo.write("other.c", "int other(void);\n");
        repo.git({u"add"_s, u"parser.c"_s});
        const Outcome staged = commits({u"message"_s, u"--staged"_s}, repo.path());
        QCOMPARE(staged.exitCode, 0);
        QVERIFY(staged.err.isEmpty());
        QVERIFY2(staged.out.contains("pars") && !staged.out.contains("other"), staged.out.constData());
        const QByteArray subject = staged.out.left(staged.out.indexOf('\n'));
        QVERIFY(!subject.isEmpty() && subject.size() <= 72);
    }

    void theHookFillsInAMessageAndNeverStopsACommit()
    {
        const TempRepo repo(m_world, u"hooked"_s);
        QCOMPARE(commits({u"hook"_s, u"install"_s}, repo.path()).exitCode, 0);
        repo.write("parser.c", "int parse(void);\n");
        repo.git({u"add"_s, u"-A"_s});
        repo.git({u"-c"_s, u"core.editor=true"_s, u"commit"_s, u"-q"_s});
        QVERIFY(repo.subjects().first().contains("pars"));
        repo.write("README", "another text\n");
        repo.git({u"commit"_s, u"-q"_s, u"-a"_s, u"-m"_s, u"my own words"_s});
        QCOMPARE(repo.subjects().first(), QByteArray("my own words"));
        QCOMPARE(commits({u"hook"_s, u"uninstall"_s}, repo.path()).exitCode, 0);
        QVERIFY(!QFile::exists(repo.path() + u"/.git/hooks/prepare-commit-msg"_s));
    }

    void aHookOfSomebodyElseIsLeftAlone()
    {
        const TempRepo repo(m_world, u"theirs"_s);
        const QString path = repo.path() + u"/.git/hooks/prepare-commit-msg"_s;
        QDir().mkpath(QFileInfo(path).path());
        QFile theirs(path);
        QVERIFY(theirs.open(QIODevice::WriteOnly));
        theirs.write("#!/bin/sh\nexit 0\n");
        theirs.close();
        for (const QString &action : {u"install"_s, u"uninstall"_s}) {
            const Outcome outcome = commits({u"hook"_s, action}, repo.path());
            QCOMPARE(outcome.exitCode, 2);
            QVERIFY(outcome.err.contains("prepare-commit-msg"));
        }
        QVERIFY(theirs.open(QIODevice::ReadOnly));
        QCOMPARE(theirs.readAll(), QByteArray("#!/bin/sh\nexit 0\n"));
    }

    /// A run that pushes although "push" was meant to be off must at least say so.
    void aKeyNobodyKnowsIsToldBeforeTheRun()
    {
        const QString home = m_world.path(u"misspelt"_s);
        QDir().mkpath(home + u"/commits"_s);
        QFile file(home + u"/commits/startup-config.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"pussh\": false}\n") > 0 && file.flush());
        const TempRepo repo(m_world, u"misspelt-repo"_s);
        const QMap<QString, QString> own{{u"XDG_CONFIG_HOME"_s, home}};
        const Outcome once = commits({u"once"_s, u"--json"_s, repo.path()}, {}, {}, own);
        QVERIFY2(once.err.contains("startup-config.json:1: nobody knows the key \"pussh\""), once.err.constData());
        QVERIFY(once.out.startsWith("{\"repos\""));
        const Outcome validate = commits({u"config"_s, u"validate"_s}, {}, {}, own);
        QCOMPARE(validate.exitCode, 2);
        QCOMPARE(validate.err.count("pussh"), 1);
    }

    void settingsAreWrittenReadAndRefused()
    {
        const QMap<QString, QString> own{{u"XDG_CONFIG_HOME"_s, m_world.path(u"own-config"_s)}};
        QCOMPARE(commits({u"config"_s, u"set"_s, u"subject_length"_s, u"60"_s}, {}, {}, own).exitCode, 0);
        QCOMPARE(commits({u"config"_s, u"get"_s, u"subject_length"_s}, {}, {}, own).out.trimmed(), QByteArray("60"));
        QCOMPARE(commits({u"config"_s, u"set"_s, u"subject_length"_s, u"600"_s}, {}, {}, own).exitCode, 2);
        QCOMPARE(commits({u"config"_s, u"get"_s, u"subject_length"_s}, {}, {}, own).out.trimmed(), QByteArray("60"));
        QVERIFY(commits({u"config"_s, u"get"_s, u"subject_lenght"_s}, {}, {}, own).err.contains("subject_length"));
        QCOMPARE(commits({u"config"_s, u"validate"_s}, {}, {}, own).exitCode, 0);
    }

    void aSettingOfTheCommandLineTakesOneValueEachTime()
    {
        for (const QStringList &given :
             {QStringList{u"--set"_s, u"subject_length=60"_s, u"config"_s, u"get"_s, u"subject_length"_s},
              QStringList{u"config"_s, u"--set"_s, u"subject_length=60"_s, u"get"_s, u"subject_length"_s},
              QStringList{u"--set=max_parallel_repos=2"_s, u"config"_s, u"--set=subject_length=60"_s, u"get"_s,
                          u"subject_length"_s}}) {
            const Outcome outcome = commits(given);
            QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
            QCOMPARE(outcome.out.trimmed(), QByteArray("60"));
        }
    }

    void aListTakesAndLosesOneEntry()
    {
        const QMap<QString, QString> own{{u"XDG_CONFIG_HOME"_s, m_world.path(u"list-config"_s)}};
        const auto config
            = [&](const QStringList &words) { return commits(QStringList{u"config"_s} + words, {}, {}, own); };
        for (const QString &entry : {u"aaa"_s, u"bbb"_s, u"bbb"_s})
            QCOMPARE(config({u"add"_s, u"allow_secrets"_s, entry}).exitCode, 0);
        QCOMPARE(config({u"get"_s, u"allow_secrets"_s}).out.trimmed(), QByteArray("aaa,bbb"));
        QCOMPARE(config({u"remove"_s, u"allow_secrets"_s, u"aaa"_s}).exitCode, 0);
        QCOMPARE(config({u"get"_s, u"allow_secrets"_s}).out.trimmed(), QByteArray("bbb"));
        QCOMPARE(config({u"remove"_s, u"allow_secrets"_s, u"aaa"_s}).exitCode, 2);
        QCOMPARE(config({u"add"_s, u"subject_length"_s, u"60"_s}).exitCode, 2);
    }

    void everyShellGetsACompletionThatKnowsTheCommands()
    {
        for (const QString &shell : {u"bash"_s, u"zsh"_s, u"fish"_s}) {
            const Outcome outcome = commits({u"completion"_s, shell});
            QCOMPARE(outcome.exitCode, 0);
            QVERIFY(outcome.out.contains("once") && outcome.out.contains("dry-run"));
        }
    }

    void aBrokenConfigurationBreaksNoShell()
    {
        const QString home = m_world.path(u"broken-completion"_s);
        QDir().mkpath(home + u"/commits"_s);
        QFile file(home + u"/commits/startup-config.json"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{");
        file.close();
        QCOMPARE(commits({u"completion"_s, u"bash"_s}, {}, {}, {{u"XDG_CONFIG_HOME"_s, home}}).exitCode, 0);
    }

    void theManualNamesEveryCommandOptionAndSetting()
    {
        const Outcome outcome = commits({u"man"_s});
        QCOMPARE(outcome.exitCode, 0);
        const QString manual = QString::fromUtf8(outcome.out).replace(u"\\-"_s, u"-"_s);
        for (const char *section :
             {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "SETTINGS", "FILES", "ENVIRONMENT", "EXIT STATUS"})
            QVERIFY2(manual.contains(u".SH %1\n"_s.arg(QLatin1StringView(section))), section);
        // The words of the completion come from the same declaration, so --help is asked as well.
        const QString help = QString::fromUtf8(commits({u"--help-all"_s}).out);
        static const QRegularExpression option(u"(?<![\\w-])--[a-z][a-z-]+"_s);
        for (auto match = option.globalMatch(help); match.hasNext();) {
            const QString name = match.next().captured();
            QVERIFY2(manual.contains(u"\\fB%1\\fR"_s.arg(name)), qPrintable(name));
        }
        static const QRegularExpression command(u"^  ([a-z]+)  "_s, QRegularExpression::MultilineOption);
        int commandsSeen = 0;
        for (auto match = command.globalMatch(QString::fromUtf8(commits({u"--help"_s}).out)); match.hasNext();) {
            const QString name = match.next().captured(1);
            QVERIFY2(manual.contains(u"\\fBcommits %1\\fR"_s.arg(name)), qPrintable(name));
            ++commandsSeen;
        }
        QVERIFY(commandsSeen > 20);
        for (const SettingSpec &spec : settingSpecs())
            QVERIFY2(manual.contains(u"\\fB%1\\fR ("_s.arg(spec.name())), spec.key);
        QVERIFY(!help.contains(u"roff"_s)); // hidden
    }

    void theManualIsReadWithoutAWarning()
    {
        const QString man = QStandardPaths::findExecutable(u"man"_s);
        if (man.isEmpty())
            QSKIP("man is not here");
        QFile page(m_world.path(u"commits.1"_s));
        QVERIFY(page.open(QIODevice::WriteOnly));
        page.write(commits({u"man"_s}).out);
        page.close();
        QProcess reader;
        reader.setProcessEnvironment(m_world.environment());
        reader.start(man, {u"--warnings"_s, u"-l"_s, page.fileName()});
        QVERIFY(reader.waitForFinished(60'000));
        QCOMPARE(reader.exitCode(), 0);
        QCOMPARE(QString::fromUtf8(reader.readAllStandardError()), QString());
        QVERIFY(reader.readAllStandardOutput().contains("cycle_interval_seconds"));
    }

    void helpAndVersionGoToStandardOutput()
    {
        QVERIFY(commits({u"--version"_s}).out.startsWith("commits "));
        const Outcome help = commits({u"--help"_s});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.out.contains("once") && help.out.contains("demo"));
        QVERIFY(commits({u"start"_s, u"--help"_s}).out.contains("Usage: commits start "));
    }

    void aDamagedDatabaseIsSetAsideAndTheRunGoesOn()
    {
        const QMap<QString, QString> own{{u"XDG_CACHE_HOME"_s, m_world.path(u"own-cache"_s)}};
        const QString database = m_world.path(u"own-cache/commits/auto_commit.db"_s);
        QDir().mkpath(QFileInfo(database).path());
        QFile file(database);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray("this is no database at all\n").repeated(400));
        file.close();
        const TempRepo repo(m_world, u"damaged"_s);
        repo.write("a", "a\n");
        QCOMPARE(commits({u"once"_s, repo.path()}, {}, {}, own).exitCode, 0);
        QCOMPARE(commits({u"history"_s, u"--json"_s}, {}, {}, own).json()[u"commits"_s].toArray().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
