#pragma once

#include "app/terminal.h"
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/config/paths.h"
#include "core/config/settingsloader.h"
#include "core/git/git.h"

namespace AutoCommit {

/// Exit codes of every command (PRODUCT section 10).
enum ExitCode { ExitDone = 0, ExitAttention = 1, ExitUsage = 2, ExitInterrupted = 130 };

/// What a command of this process works with. Built by main(); commands get it by reference.
class Session
{
public:
    enum class BrokenFile { Refuse, Defaults }; ///< what a configuration file that is wrong means

    /// `overrides` are settings given on the command line, key -> text.
    static Result<std::unique_ptr<Session>> open(const QMap<QString, QString> &overrides,
                                                 BrokenFile broken = BrokenFile::Refuse);

    Result<GitTools> findGit() const;
    QByteArray salt() const; ///< of this installation; empty, with a warning in the log, when there can be none

    Terminal terminal;
    QProcessEnvironment environment;
    Paths paths;
    LoadedSettings loaded;
    QMap<QString, QString> overrides; ///< settings of the command line
    SystemClock clock;
    CancelToken cancel; ///< set by SIGINT and SIGTERM
    std::unique_ptr<ProcessRunner> processes;

private:
    explicit Session(const QProcessEnvironment &from);

    std::unique_ptr<LogFile> m_log;
};

/// "commits: error: ..." with the advice below it; answers the exit code that fits the kind.
int reportError(const Terminal &terminal, const Error &error);

} // namespace AutoCommit
