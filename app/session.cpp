#include "app/session.h"

#include "core/config/salt.h"

#include <csignal>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

const CancelToken *interrupted = nullptr; // a signal handler can reach nothing else

void onSignal(int)
{
    if (interrupted)
        interrupted->cancel();
}

} // namespace

Session::Session(const QProcessEnvironment &from)
    : environment(from)
    , paths(from)
    , processes(makeProcessRunner())
{ }

Result<std::unique_ptr<Session>> Session::open(const QMap<QString, QString> &overrides, BrokenFile broken)
{
    std::unique_ptr<Session> session(new Session(QProcessEnvironment::systemEnvironment()));
    session->overrides = overrides;
    const auto load = broken == BrokenFile::Refuse ? loadSettings : loadSettingsOrDefaults;
    AC_ASSIGN(session->loaded, load(session->paths.configFile(), session->environment, overrides));
    session->m_log = std::make_unique<LogFile>(session->paths.log(), session->loaded.settings.logLevel,
                                               session->environment.value(u"AUTO_COMMIT_LOG"_s));
    const QString warns = session->terminal.errStyled(Colour::Yellow, u"commits: warning: "_s);
    for (const QString &warning : session->loaded.warnings) {
        qCWarning(logConfig) << warning;
        session->terminal.errLine(warns + warning); // "pussh": false must not pass for "push": false
    }
    if (const QString &fault = session->loaded.fault; !fault.isEmpty())
        session->terminal.errLine(warns + fault + u"; this command goes on with the defaults"_s);
    interrupted = &session->cancel;
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGPIPE, SIG_IGN);
    return session;
}

Result<GitTools> Session::findGit() const
{
    return GitTools::find(environment, loaded.settings.extraPath, loaded.settings.gitProgram, *processes);
}

QByteArray Session::salt() const
{
    Result<QByteArray> salt = installationSalt(paths);
    if (!salt)
        qCWarning(logConfig) << salt.error().message;
    return salt ? *salt : QByteArray();
}

int reportError(const Terminal &terminal, const Error &error)
{
    terminal.errLine(terminal.errStyled(Colour::Red, u"commits: error: "_s) + error.message);
    return error.kind == ErrorKind::Usage || error.kind == ErrorKind::Config ? ExitUsage : ExitAttention;
}

} // namespace AutoCommit
