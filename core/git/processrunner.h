#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>

namespace AutoCommit {

struct ProcessRequest
{
    QString label; ///< for messages, for instance "git push"
    QString program; ///< absolute path: Qt would look a bare name up in our own PATH, not in the child's
    QStringList arguments; ///< an argv; no shell is ever involved
    QString workingDirectory;
    QList<QByteArray> environment; ///< "NAME=value", complete: nothing is inherited
    QByteArray input; ///< written to stdin, which is /dev/null when this is empty
    std::chrono::milliseconds timeout{30000};
    bool outputExtendsTimeout = false; ///< a transfer that shows progress may go on, up to twelve times the timeout
    qsizetype outputLimit = 64 << 20; ///< more stdout than this is an error
    std::function<void(const QByteArray &)> onOutput; ///< takes stdout as it comes; then `output` stays empty
    bool groupDiesWithUs = false; ///< on Linux: SIGTERM to its whole group should this program be killed; see Guardian
    int keepOpenFd = -1; ///< one descriptor the child inherits (the repository lock); every other one is closed
};

struct ProcessOutput
{
    int exitCode = -1; ///< valid when signal is 0
    int signal = 0; ///< the child died of this signal
    QByteArray output;
    QByteArray errors; ///< the last 256 KiB of stderr

    bool succeeded() const { return signal == 0 && exitCode == 0; }
};

/// A running program that is spoken to line by line.
class ProcessSession
{
public:
    virtual ~ProcessSession() = default; ///< kills the program's process group if it still runs
    virtual Status writeLine(const QByteArray &line) = 0;
    virtual Result<QByteArray> readLine(std::chrono::milliseconds timeout) = 0;
    /// Closes stdin and waits for the end.
    virtual Result<ProcessOutput> finish(std::chrono::milliseconds timeout) = 0;
};

/// Runs programs. Abstract so that tests can stand in for a process that cannot be had.
class ProcessRunner
{
public:
    virtual ~ProcessRunner() = default;

    /// Blocks the calling thread until the program has ended. The child gets a session of its own (no terminal), a
    /// clean signal mask, and SIGTERM should this thread die. On a passed deadline or a cancelled token its whole
    /// process group gets SIGTERM and two seconds later SIGKILL; SIGTERM first, because git then removes its locks.
    /// Returns as soon as the program has ended, also when a grandchild keeps its pipes. An exit code other than 0 is
    /// not an error here; errors are: could not be started, Timeout, Cancelled, too much output. Any long-lived thread
    /// may call it.
    virtual Result<ProcessOutput> run(const ProcessRequest &request, const CancelToken &cancel) const = 0;

    /// Starts a program for a dialogue; timeout, onOutput and input of the request are not used.
    virtual Result<std::unique_ptr<ProcessSession>> start(const ProcessRequest &request) const = 0;
};

std::unique_ptr<ProcessRunner> makeProcessRunner();

} // namespace AutoCommit
