#include "core/git/git.h"

#include "core/base/log.h"
#include "core/git/argvguard.h"
#include "core/git/giterrors.h"

#include <QFileInfo>

namespace AutoCommit {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Result<GitTools> GitTools::find(const QProcessEnvironment &from, const QStringList &extraPath, const QString &program,
                                const ProcessRunner &runner)
{
    GitTools tools{.program = program, .environment = GitEnvironment(from, extraPath), .runner = &runner};
    if (tools.program.isEmpty())
        tools.program = tools.environment.findProgram(u"git"_s);
    if (tools.program.isEmpty())
        return Error{
            ErrorKind::Config,
            u"git was not found in %1; install it or set git_program"_s.arg(tools.environment.searchPath().join(u':'))};
    if (!QFileInfo(tools.program).isExecutable() || !tools.program.startsWith(u'/'))
        return Error{ErrorKind::Config, u"git_program: %1 is not the absolute path of a program"_s.arg(tools.program)};
    return tools;
}

Git::Git(const GitTools &tools, RepoLocation location, CancelToken cancel)
    : m_tools(&tools)
    , m_location(std::move(location))
    , m_cancel(std::move(cancel))
{ }

void Git::setTimeouts(std::chrono::milliseconds hooks, std::chrono::milliseconds network)
{
    m_hookTimeout = hooks;
    m_networkTimeout = network;
}

Git Git::uncancellable() const
{
    Git copy = *this;
    copy.m_cancel = CancelToken::never();
    return copy;
}

Result<ProcessRequest> Git::request(const GitCall &call) const
{
    AC_TRY(checkArguments(call.arguments));
    const bool runsHooks = call.access == GitAccess::Hooks || call.access == GitAccess::Network;
    ProcessRequest request;
    request.label = u"git "_s + call.arguments.value(0);
    request.program = m_tools->program;
    request.arguments = hardeningOptions(!runsHooks);
    for (const QString &option : m_overrides)
        request.arguments += {u"-c"_s, option};
    if (!call.durableIndex)
        request.arguments += {u"-c"_s, u"core.fsync=committed"_s};
    request.arguments += call.arguments;
    request.workingDirectory = m_location.workTree;
    request.environment = m_tools->environment.variables();
    if (call.access == GitAccess::Hooks)
        request.environment += "GIT_ALLOW_PROTOCOL=ssh:https"; // of the git that a hook runs
    request.environment += m_environment + call.environment;
    request.input = call.input;
    request.onOutput = call.onOutput;
    request.outputLimit = call.outputLimit;
    request.outputExtendsTimeout = call.access == GitAccess::Network;
    request.groupDiesWithUs = call.access == GitAccess::Hooks;
    request.keepOpenFd = call.holdsLock ? m_lockFd : -1;
    switch (call.access) {
    case GitAccess::Read:
        request.timeout = 30s;
        break;
    case GitAccess::Write:
        request.timeout = 120s;
        break;
    case GitAccess::Hooks:
        request.timeout = m_hookTimeout;
        break;
    case GitAccess::Network:
        request.timeout = m_networkTimeout;
        break;
    }
    if (call.timeout > 0ms)
        request.timeout = call.timeout;
    return request;
}

namespace {

/// The command and its options; names of branches and files, which may hold anything, are left out.
QString loggable(const QStringList &arguments)
{
    QStringList shown;
    for (const QString &argument : arguments)
        shown += shown.isEmpty() || argument.startsWith(u'-') ? argument : u"…"_s;
    return shown.join(u' ');
}

} // namespace

Result<ProcessOutput> Git::call(const GitCall &call) const
{
    AC_ASSIGN(const ProcessRequest prepared, request(call));
    AC_ASSIGN(ProcessOutput result, m_tools->runner->run(prepared, m_cancel));
    qCDebug(logGit) << m_location.workTree << loggable(call.arguments) << "->" << result.exitCode << result.signal;
    return result;
}

Result<QByteArray> Git::output(const QString &what, const GitCall &call) const
{
    AC_ASSIGN(ProcessOutput result, this->call(call));
    if (!result.succeeded())
        return classifyGitFailure(what, result);
    return std::move(result.output);
}

Result<QByteArray> Git::read(const QStringList &arguments, const QByteArray &input) const
{
    return output(u"git "_s + arguments.value(0), {.arguments = arguments, .input = input});
}

Result<ProcessOutput> Git::helper(const QString &program, const QStringList &arguments, const QByteArray &input) const
{
    const QString path = program.startsWith(u'/') ? program : m_tools->environment.findProgram(program);
    if (path.isEmpty())
        return Error{ErrorKind::Config, u"%1 was not found on the search path"_s.arg(program)};
    return m_tools->runner->run({.label = program,
                                 .program = path,
                                 .arguments = arguments,
                                 .workingDirectory = m_location.workTree,
                                 .environment = m_tools->environment.variables(),
                                 .input = input,
                                 .timeout = 15s},
                                m_cancel);
}

Result<std::unique_ptr<ProcessSession>> Git::session(const QStringList &arguments) const
{
    AC_ASSIGN(const ProcessRequest prepared,
              request({.arguments = arguments, .access = GitAccess::Write, .holdsLock = true}));
    return m_tools->runner->start(prepared);
}

} // namespace AutoCommit
