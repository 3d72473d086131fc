#include "core/git/processrunner.h"

#include "core/git/guardian.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcess>

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#    include <linux/close_range.h>
#    include <sys/prctl.h>
#    include <sys/syscall.h>
#endif

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto pollInterval = 50ms; // how late a cancel may be noticed
constexpr auto killGrace = 2s; // measured: git removes its locks well within this after SIGTERM
constexpr qsizetype errorTail = 256 << 10;

/// Everything above stderr is closed on exec, except one descriptor. Async-signal-safe.
void closeOthersOnExec(int keep)
{
#ifdef Q_OS_LINUX
    if (::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC) == 0) {
        if (keep >= 0)
            ::fcntl(keep, F_SETFD, 0);
        return;
    }
#endif
    rlimit limit{};
    const int last
        = ::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536 ? static_cast<int>(limit.rlim_cur) : 65536;
    for (int fd = 3; fd < last; ++fd)
        ::fcntl(fd, F_SETFD, fd == keep ? 0 : FD_CLOEXEC);
}

/// Runs in the child between fork and exec, in memory shared with the parent: async-signal-safe calls only.
void prepareChild(int keepOpenFd, int guardianEnd)
{
    ::setsid(); // own group for kill(-pid), and no /dev/tty for ssh to ask on
    sigset_t none;
    sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    Guardian::leaveInGroup(guardianEnd);
    closeOthersOnExec(keepOpenFd);
}

void configure(QProcess &process, const ProcessRequest &request, int guardianEnd = -1)
{
    QProcessEnvironment environment(QProcessEnvironment::Initialization{});
    for (const QByteArray &entry : request.environment) {
        const qsizetype equals = entry.indexOf('=');
        environment.insert(QFile::decodeName(entry.left(equals)), QFile::decodeName(entry.mid(equals + 1)));
    }
    process.setProcessEnvironment(environment);
    process.setProgram(request.program);
    process.setArguments(request.arguments);
    process.setWorkingDirectory(request.workingDirectory);
    process.setChildProcessModifier([fd = request.keepOpenFd, guardianEnd] { prepareChild(fd, guardianEnd); });
}

Error startError(const ProcessRequest &request, const QProcess &process)
{
    return {errno == EMFILE || errno == ENFILE || errno == EAGAIN || errno == ENOMEM ? ErrorKind::OutOfResources
                                                                                     : ErrorKind::IoError,
            u"%1 could not be started: %2"_s.arg(request.program, process.errorString())};
}

void killGroup(QProcess &process)
{
    const auto group = static_cast<pid_t>(process.processId());
    if (group <= 0)
        return;
    ::kill(-group, SIGTERM);
    if (!process.waitForFinished(static_cast<int>(std::chrono::milliseconds(killGrace).count()))) {
        ::kill(-group, SIGKILL);
        process.waitForFinished(-1);
    }
}

ProcessOutput outcome(const QProcess &process)
{
    ProcessOutput result;
    if (process.exitStatus() == QProcess::CrashExit)
        result.signal = process.exitCode() > 0 ? process.exitCode() : SIGKILL; // Qt keeps WTERMSIG there
    else
        result.exitCode = process.exitCode();
    return result;
}

/// Collects what the child writes while it runs, within the limits of the request.
class Collector
{
public:
    Collector(QProcess &process, const ProcessRequest &request)
        : m_process(process)
        , m_request(request)
    {
        QObject::connect(&process, &QProcess::readyReadStandardOutput, &process, [this] { takeOutput(); });
        QObject::connect(&process, &QProcess::readyReadStandardError, &process, [this] { takeErrors(); });
    }

    bool overflowed() const { return m_overflowed; }
    bool takeProgress() { return std::exchange(m_progress, false); }

    void moveTo(ProcessOutput &result)
    {
        takeOutput();
        takeErrors();
        result.output = std::move(m_output);
        result.errors = m_errors.right(errorTail);
    }

private:
    void takeOutput()
    {
        const QByteArray piece = m_process.readAllStandardOutput();
        m_progress |= !piece.isEmpty();
        m_total += piece.size();
        if (m_total > m_request.outputLimit)
            m_overflowed = true;
        else if (m_request.onOutput)
            m_request.onOutput(piece);
        else
            m_output += piece;
    }
    void takeErrors()
    {
        const QByteArray piece = m_process.readAllStandardError();
        m_progress |= !piece.isEmpty();
        m_errors += piece;
        if (m_errors.size() > 2 * errorTail)
            m_errors = m_errors.right(errorTail);
    }

    QProcess &m_process;
    const ProcessRequest &m_request;
    QByteArray m_output;
    QByteArray m_errors;
    qsizetype m_total = 0;
    bool m_overflowed = false;
    bool m_progress = false;
};

class RealSession final : public ProcessSession
{
public:
    Status open(const ProcessRequest &request)
    {
        configure(m_process, request);
        m_process.start();
        if (!m_process.waitForStarted(30000))
            return startError(request, m_process);
        return {};
    }
    ~RealSession() override
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.closeWriteChannel(); // git takes the end of its input as "abort" and gives its locks back
        if (!m_process.waitForFinished(1000))
            killGroup(m_process);
    }
    Status writeLine(const QByteArray &line) override
    {
        m_process.write(line + '\n');
        while (m_process.bytesToWrite() > 0) {
            if (!m_process.waitForBytesWritten(10000))
                return Error{ErrorKind::IoError, u"git stopped reading its input"_s};
        }
        return {};
    }
    Result<QByteArray> readLine(std::chrono::milliseconds timeout) override
    {
        const QDeadlineTimer deadline(timeout);
        while (!m_process.canReadLine()) {
            if (m_process.state() == QProcess::NotRunning)
                return Error{ErrorKind::Unknown, u"git ended before it answered"_s};
            if (deadline.hasExpired())
                return Error{ErrorKind::Timeout, u"git did not answer in time"_s};
            m_process.waitForReadyRead(static_cast<int>(std::max<qint64>(1, deadline.remainingTime())));
        }
        QByteArray line = m_process.readLine();
        line.chop(1);
        return line;
    }
    Result<ProcessOutput> finish(std::chrono::milliseconds timeout) override
    {
        m_process.closeWriteChannel();
        if (m_process.state() != QProcess::NotRunning
            && !m_process.waitForFinished(static_cast<int>(timeout.count()))) {
            killGroup(m_process);
            return Error{ErrorKind::Timeout, u"git did not end in time"_s};
        }
        ProcessOutput result = outcome(m_process);
        result.output = m_process.readAllStandardOutput();
        result.errors = m_process.readAllStandardError().right(errorTail);
        return result;
    }

private:
    QProcess m_process;
};

class RealProcessRunner final : public ProcessRunner
{
public:
    Result<ProcessOutput> run(const ProcessRequest &request, const CancelToken &cancel) const override
    {
        if (cancel.isCancelled())
            return Error{ErrorKind::Cancelled, u"cancelled"_s};
        const Guardian guardian(request.groupDiesWithUs);
        QProcess process;
        configure(process, request, guardian.pipeEnd());
        if (request.input.isEmpty())
            process.setStandardInputFile(QProcess::nullDevice());
        Collector collector(process, request);
        process.start();
        if (!process.waitForStarted(30000))
            return startError(request, process);
        if (!request.input.isEmpty()) {
            process.write(request.input);
            process.closeWriteChannel();
        }
        AC_TRY(waitForEnd(process, request, collector, cancel));
        ProcessOutput result = outcome(process);
        collector.moveTo(result);
        return result;
    }

    Result<std::unique_ptr<ProcessSession>> start(const ProcessRequest &request) const override
    {
        auto session = std::make_unique<RealSession>();
        AC_TRY(session->open(request));
        return std::unique_ptr<ProcessSession>(std::move(session));
    }

private:
    static Status waitForEnd(QProcess &process, const ProcessRequest &request, Collector &collector,
                             const CancelToken &cancel)
    {
        QDeadlineTimer deadline(request.timeout);
        const QDeadlineTimer last(request.timeout * 12);
        while (process.state() != QProcess::NotRunning) {
            process.waitForFinished(static_cast<int>(pollInterval.count()));
            if (process.state() == QProcess::NotRunning)
                break;
            if (collector.takeProgress() && request.outputExtendsTimeout && !last.hasExpired())
                deadline = QDeadlineTimer(request.timeout);
            if (collector.overflowed() || cancel.isCancelled() || deadline.hasExpired()) {
                killGroup(process);
                return giveUp(request, collector, cancel);
            }
        }
        if (collector.overflowed())
            return giveUp(request, collector, cancel);
        return {};
    }

    static Error giveUp(const ProcessRequest &request, Collector &collector, const CancelToken &cancel)
    {
        ProcessOutput rest;
        collector.moveTo(rest);
        const QString detail = QString::fromUtf8(rest.errors.right(4096));
        if (collector.overflowed())
            return {ErrorKind::OutOfResources,
                    u"%1 printed more than %2 MiB"_s.arg(request.label).arg(request.outputLimit >> 20), detail};
        if (cancel.isCancelled())
            return {ErrorKind::Cancelled, u"cancelled"_s, detail};
        return {ErrorKind::Timeout,
                u"%1 took longer than %2 s and was stopped"_s.arg(request.label)
                    .arg(static_cast<double>(request.timeout.count()) / 1000.0),
                detail};
    }
};

} // namespace

std::unique_ptr<ProcessRunner> makeProcessRunner()
{
    return std::make_unique<RealProcessRunner>();
}

} // namespace AutoCommit
