#include "tests/support/temprepo.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <unistd.h>

using namespace AutoCommit;
using namespace AutoCommit::Testing;
using namespace Qt::StringLiterals;

namespace {

struct Ended
{
    int exitCode = -1;
    QByteArray out = {};
    QByteArray err = {};

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

QByteArray someToken(char last)
{
    return "ghp_" + QByteArray("R4nd0mLook1ngT0k3nV4lu3Abcdefgh1234") + last; // apart, for scanners
}

} // namespace

/// `commits scan` and `commits explain --held` as a person and a hook meet them.
class TestScanCommand final : public QObject
{
    Q_OBJECT

    World m_world;

    Ended run(const QString &program, const QStringList &arguments, const QString &directory,
              const QByteArray &input = {}) const
    {
        QProcess process;
        process.setProcessEnvironment(m_world.environment());
        process.setWorkingDirectory(directory);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
            return {.err = process.errorString().toUtf8()};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    Ended commits(const QStringList &arguments, const QString &directory, const QByteArray &input = {}) const
    {
        return run(QStringLiteral(AC_COMMITS_PROGRAM), arguments, directory, input);
    }
    /// Root reads everything; without its capabilities it is like everybody.
    Ended commitsAsAnybody(const QStringList &arguments, const QString &directory) const
    {
        if (::geteuid() != 0)
            return commits(arguments, directory);
        return run(u"setpriv"_s,
                   QStringList{u"--bounding-set=-all"_s, u"--inh-caps=-all"_s, QStringLiteral(AC_COMMITS_PROGRAM)}
                       + arguments,
                   directory);
    }

private Q_SLOTS:
    void aFileThatCannotBeReadIsNamedAndTheOthersAreScanned()
    {
        const TempRepo repo(m_world, u"locked"_s);
        repo.write("a-locked.txt", "nobody may read this\n");
        repo.write("b.py", "token = \"" + someToken('5') + "\"\n");
        QVERIFY(QFile::setPermissions(repo.file("a-locked.txt"), {}));
        if (::geteuid() == 0 && QStandardPaths::findExecutable(u"setpriv"_s).isEmpty())
            QSKIP("root reads everything");
        const Ended json = commitsAsAnybody({u"scan"_s, u"--json"_s, u"."_s}, repo.path());
        QVERIFY2(json.exitCode == 1, json.err.constData());
        const QJsonArray unread = json.json()[u"unread"_s].toArray();
        QCOMPARE(unread.size(), 1);
        QCOMPARE(unread.first().toObject()[u"path"_s].toString(), u"a-locked.txt"_s);
        QVERIFY(!unread.first().toObject()[u"reason"_s].toString().isEmpty());
        QCOMPARE(json.json()[u"findings"_s].toArray().first().toObject()[u"path"_s].toString(), u"b.py"_s);

        const Ended alone = commitsAsAnybody({u"scan"_s, u"a-locked.txt"_s}, repo.path());
        QCOMPARE(alone.exitCode, 1); // not read is not clean
        QVERIFY2(alone.err.contains("a-locked.txt: not read: "), alone.err.constData());
        const Ended sarif = commitsAsAnybody({u"scan"_s, u"--sarif"_s, u"a-locked.txt"_s}, repo.path());
        const QJsonObject invocation = sarif.json()[u"runs"_s][0][u"invocations"_s][0].toObject();
        QCOMPARE(invocation[u"executionSuccessful"_s].toBool(true), false);
        QCOMPARE(invocation[u"toolExecutionNotifications"_s].toArray().size(), 1);
    }

    void aFalseAlarmIsLetPassByThePrintedCommandAndNothingElseIs()
    {
        const TempRepo repo(m_world, u"alarm"_s);
        repo.write("a.py", "token = \"" + someToken('6') + "\"\n");
        const Ended first = commits({u"scan"_s}, repo.path());
        QCOMPARE(first.exitCode, 1);
        const qsizetype at = first.out.indexOf("commits config add allow_secrets ");
        QVERIFY2(at > 0, first.out.constData());
        const QByteArray command = first.out.mid(at, first.out.indexOf('\n', at) - at);
        QCOMPARE(commits(QString::fromUtf8(command).split(u' ').mid(1), repo.path()).exitCode, 0);
        QCOMPARE(commits({u"scan"_s}, repo.path()).exitCode, 0);
        QCOMPARE(commits({u"scan"_s, u"--json"_s}, repo.path()).json()[u"allowed"_s].toInt(), 1);
        repo.write("b.py", "token = \"" + someToken('7') + "\"\n"); // another value of the same rule
        QCOMPARE(commits({u"scan"_s}, repo.path()).exitCode, 1);
    }

    void whatIsLeftOutIsListedWithReasonAndAge()
    {
        const TempRepo repo(m_world, u"held"_s);
        QVERIFY(commits({u"explain"_s, u"--held"_s}, repo.path()).out.contains("Nothing is left out"));
        repo.write("config.py", "token = \"" + someToken('8') + "\"\n");
        repo.write(".env", "A=b\n");
        repo.write("fine.txt", "hello\n");
        commits({u"once"_s, u"--no-push"_s}, repo.path());
        const Ended listed = commits({u"explain"_s, u"--held"_s, u"--json"_s}, repo.path());
        QCOMPARE(listed.exitCode, 0);
        QMap<QString, QJsonObject> held;
        for (const QJsonValue &row : listed.json()[u"held"_s].toArray())
            held.insert(row[u"path"_s].toString(), row.toObject());
        QCOMPARE(held.keys(), (QStringList{u".env"_s, u"config.py"_s}));
        const QJsonObject secret = held[u"config.py"_s];
        QVERIFY(secret[u"rule"_s].toString().startsWith(u"secret:"_s));
        QVERIFY(secret[u"reason"_s].toString().contains(u"line 1"_s));
        QVERIFY(!secret[u"first_seen"_s].toString().isEmpty());
        QVERIFY(secret[u"age_seconds"_s].toInt(-1) >= 0);
        const Ended text = commits({u"explain"_s, u"--held"_s}, repo.path());
        QVERIFY2(text.out.contains("config.py") && text.out.contains("ago") && text.out.contains("commits scan"),
                 text.out.constData());
        QVERIFY(!(text.out + listed.out).contains(someToken('8')));
    }

    void asPreCommitHookItStopsACommitWithASecret()
    {
        const TempRepo repo(m_world, u"hooked"_s);
        QFile hook(repo.file(".git/hooks/pre-commit"));
        QDir().mkpath(repo.file(".git/hooks"));
        QVERIFY(hook.open(QIODevice::WriteOnly));
        hook.write("#!/bin/sh\nexec '" AC_COMMITS_PROGRAM "' scan --staged\n");
        hook.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        hook.close();
        repo.write("a.py", "token = \"" + someToken('9') + "\"\n");
        repo.git({u"add"_s, u"-A"_s});
        const Ended stopped = run(u"git"_s, {u"commit"_s, u"-qm"_s, u"x"_s}, repo.path());
        QCOMPARE(stopped.exitCode, 1);
        QVERIFY((stopped.out + stopped.err).contains("a.py:1:"));
        repo.write("a.py", "token = None\n");
        repo.git({u"add"_s, u"-A"_s});
        QCOMPARE(run(u"git"_s, {u"commit"_s, u"-qm"_s, u"x"_s}, repo.path()).exitCode, 0);
    }

    void aNameForStandardInputTellsHowToReadIt()
    {
        const QByteArray text = "password: Kestrel!482x\n";
        QCOMPARE(commits({u"scan"_s, u"--stdin"_s, u"conf/app.yml"_s}, m_world.path(), text).exitCode, 1);
        QCOMPARE(commits({u"scan"_s, u"--stdin"_s, u"tests/app.yml"_s}, m_world.path(), text).exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(TestScanCommand)
#include "tst_scancommand.moc"
