#include "core/git/processrunner.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

using namespace AutoCommit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestProcessRunner : public QObject
{
    Q_OBJECT

    std::unique_ptr<ProcessRunner> m_runner = makeProcessRunner();
    QTemporaryDir m_dir;

    ProcessRequest shell(const QString &script) const
    {
        return {.label = u"sh"_s,
                .program = u"/bin/sh"_s,
                .arguments = {u"-c"_s, script},
                .workingDirectory = m_dir.path(),
                .environment = {"PATH=/usr/bin:/bin"}};
    }

private Q_SLOTS:
    void outputErrorsAndExitCodeAreKeptApart()
    {
        const auto result = m_runner->run(shell(u"echo out; echo err >&2; exit 3"_s), {});
        QVERIFY(result.ok());
        QCOMPARE(result->output, "out\n");
        QCOMPARE(result->errors, "err\n");
        QCOMPARE(result->exitCode, 3);
        QCOMPARE(result->signal, 0);
    }

    void aSignalIsNotAnExitCode()
    {
        const auto result = m_runner->run(shell(u"kill -BUS $$"_s), {});
        QVERIFY(result.ok());
        QCOMPARE(result->signal, SIGBUS);
        QVERIFY(!result->succeeded());
    }

    void nothingIsInheritedFromOurEnvironment()
    {
        qputenv("AC_TEST_LEAK", "1");
        const auto result = m_runner->run(shell(u"env"_s), {});
        QVERIFY(!result->output.contains("AC_TEST_LEAK"));
        QVERIFY(result->output.contains("PATH=/usr/bin:/bin"));
    }

    void inputLargerThanAPipeArrivesWhole()
    {
        ProcessRequest request = shell(u"wc -c"_s);
        request.input = QByteArray(3 << 20, 'x');
        QCOMPARE(m_runner->run(request, {})->output.trimmed(), QByteArray::number(3 << 20));
    }

    void withoutInputStdinIsEmpty() { QCOMPARE(m_runner->run(shell(u"cat; echo end"_s), {})->output, "end\n"); }

    void aPassedDeadlineEndsTheWholeGroup()
    {
        const QString time
            = u"60.%1"_s.arg(QCoreApplication::applicationPid()); // as nobody else on this machine sleeps
        ProcessRequest request = shell(u"trap '' TERM; (sleep %1; echo late > survived) & sleep %1"_s.arg(time));
        request.timeout = 200ms;
        const auto result = m_runner->run(request, {});
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Timeout);
        const auto left = m_runner->run(shell(u"ps -eo args | grep -c '[s]leep %1$' || true"_s.arg(time)), {});
        QCOMPARE(left->output.trimmed(), "0");
    }

    void aCancelledTokenEndsIt()
    {
        const CancelToken cancel;
        std::unique_ptr<QThread> other(QThread::create([&] {
            while (!QFile::exists(m_dir.filePath(u"started"_s)))
                QThread::msleep(5);
            cancel.cancel();
        }));
        other->start();
        const auto result = m_runner->run(shell(u"touch started; sleep 60"_s), cancel);
        other->wait();
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    }

    void aGrandchildThatKeepsThePipesDoesNotKeepUs()
    {
        QElapsedTimer timer;
        timer.start();
        const auto result = m_runner->run(shell(u"sleep 30 & echo done"_s), {});
        QCOMPARE(result->output, "done\n");
        QVERIFY(timer.elapsed() < 20000);
        m_runner->run(shell(u"pkill -f 'sleep 30' || true"_s), {}).ok();
    }

    void tooMuchOutputIsAnErrorAndNotMemory()
    {
        ProcessRequest request = shell(u"yes"_s);
        request.outputLimit = 1 << 20;
        const auto result = m_runner->run(request, {});
        QVERIFY(!result.ok());
        QCOMPARE(result.error().kind, ErrorKind::OutOfResources);
    }

    void aFloodOnStderrIsKeptAsItsEnd()
    {
        const auto result
            = m_runner->run(shell(u"head -c 20000000 /dev/zero | tr '\\0' x >&2; echo the-end >&2"_s), {});
        QVERIFY(result->errors.size() <= 256 << 10);
        QVERIFY(result->errors.endsWith("the-end\n"));
    }

    void progressMovesTheDeadline()
    {
        ProcessRequest request = shell(u"for i in 1 2 3 4 5 6; do sleep 0.2; echo $i >&2; done"_s);
        request.timeout = 600ms;
        request.outputExtendsTimeout = true;
        QVERIFY(m_runner->run(request, {}).ok());
        request.outputExtendsTimeout = false;
        QVERIFY(!m_runner->run(request, {}).ok());
    }

    void aMissingProgramIsAnError()
    {
        ProcessRequest request = shell({});
        request.program = u"/nonexistent/program"_s;
        QVERIFY(!m_runner->run(request, {}).ok());
    }

    void theChildHoldsTheLockDescriptorAndNoOther()
    {
        const int lock
            = ::open(QFile::encodeName(m_dir.filePath(u"lock"_s)).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        const int other = ::open("/dev/null", O_RDONLY); // leaks unless the runner closes it
        ProcessRequest request = shell(u"ls -l /proc/self/fd/ | grep -c -e /lock -e /dev/null; ls -l /proc/self/fd/"_s);
        request.keepOpenFd = lock;
        const QByteArray seen = m_runner->run(request, {})->output;
        QVERIFY2(seen.contains(m_dir.path().toUtf8() + "/lock"), seen.constData());
        QVERIFY2(!seen.contains((QByteArray(" ") + QByteArray::number(other) + " -> /dev/null")), seen.constData());
        ::close(lock);
        ::close(other);
    }

    void aSessionSpeaksLineByLine()
    {
        auto session = m_runner->start(shell(u"while read x; do echo got $x; done; exit 7"_s));
        QVERIFY(session.ok());
        QVERIFY((*session)->writeLine("one").ok());
        QCOMPARE(*(*session)->readLine(10s), "got one");
        const auto end = (*session)->finish(10s);
        QCOMPARE(end->exitCode, 7);
    }

    void aSessionThatEndsEarlySaysSo()
    {
        auto session = m_runner->start(shell(u"echo broken >&2; exit 1"_s));
        QVERIFY(!(*session)->readLine(10s).ok());
        QCOMPARE((*session)->finish(10s)->exitCode, 1);
    }
};

QTEST_GUILESS_MAIN(TestProcessRunner)
#include "tst_processrunner.moc"
