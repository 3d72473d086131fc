#include "app/service.h"

#include "app/commands.h"
#include "app/startplan.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include <unistd.h>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The keeper of services of this system: where its file goes and what it is told.
struct Keeper
{
    QString service;
    QString file;
    QString templateName;
    QString program;
    QList<QStringList> install;
    QList<QStringList> uninstall;
    QStringList status;
};

Keeper keeperOf(const QString &daemon, const Session &session)
{
    const QString service = serviceName(daemon);
#ifdef Q_OS_MACOS
    const QString file = session.paths.home() + u"/Library/LaunchAgents/%1.plist"_s.arg(service);
    const QString domain = u"gui/%1"_s.arg(::getuid());
    const QString label = domain + u'/' + service;
    return {.service = service,
            .file = file,
            .templateName = u":/packaging/auto-commit.plist.in"_s,
            .program = u"/bin/launchctl"_s,
            .install = {{u"bootstrap"_s, domain, file}},
            .uninstall = {{u"bootout"_s, label}},
            .status = {u"print"_s, label}};
#else
    const QString config = session.environment.value(u"XDG_CONFIG_HOME"_s, session.paths.home() + u"/.config"_s);
    return {.service = service,
            .file = config + u"/systemd/user/%1.service"_s.arg(service),
            .templateName = u":/packaging/auto-commit.service.in"_s,
            .program = u"systemctl"_s,
            .install = {{u"--user"_s, u"daemon-reload"_s}, {u"--user"_s, u"enable"_s, u"--now"_s, service}},
            .uninstall = {{u"--user"_s, u"disable"_s, u"--now"_s, service}},
            .status = {u"--user"_s, u"--no-pager"_s, u"status"_s, service}};
#endif
}

Result<ProcessOutput> tellKeeper(const Keeper &keeper, const QStringList &arguments, const Session &session)
{
    const GitEnvironment search(session.environment, session.loaded.settings.extraPath);
    const QString program = keeper.program.startsWith(u'/') ? keeper.program : search.findProgram(keeper.program);
    if (program.isEmpty())
        return Error{
            ErrorKind::Config,
            u"%1 is not here; keep `commits start --foreground` running by what this system has"_s.arg(keeper.program)};
    QList<QByteArray> environment;
    for (const QString &variable : session.environment.toStringList())
        environment += variable.toLocal8Bit();
    return session.processes->run({.label = keeper.program,
                                   .program = program,
                                   .arguments = arguments,
                                   .workingDirectory = u"/"_s,
                                   .environment = environment},
                                  session.cancel);
}

Status mustSucceed(const Keeper &keeper, const QStringList &arguments, const Session &session)
{
    AC_ASSIGN(const ProcessOutput output, tellKeeper(keeper, arguments, session));
    if (output.succeeded())
        return {};
    return Error{
        ErrorKind::Unknown,
        u"%1 %2: %3"_s.arg(keeper.program, arguments.join(u' '), QString::fromLocal8Bit(output.errors.trimmed()))};
}

Result<QString> fileText(const Keeper &keeper, const StartCommand &start, const Session &session)
{
    StartCommand command = start;
    const bool hasPath = command.words.size() > 1 || (command.words.size() == 1 && !command.words[0][0].isDigit());
    if (!hasPath) {
        command.words += session.paths.home() + u"/code"_s;
        command.recursive = true;
    }
    AC_ASSIGN(const StartPlan plan, planStart(command, session));
    const QStringList words = QStringList{QCoreApplication::applicationFilePath()} + plan.arguments(session.overrides);
    QFile form(keeper.templateName);
    if (!form.open(QIODevice::ReadOnly))
        return Error{ErrorKind::Internal, u"the form of the service file is missing"_s};
    const bool isPlist = keeper.templateName.endsWith("plist.in"_L1);
    return QString::fromUtf8(form.readAll())
        .replace(u"@SERVICE@"_s, keeper.service)
        .replace(u"@COMMAND@"_s, isPlist ? plistArguments(words) : systemdCommand(words));
}

Status install(const Keeper &keeper, const StartCommand &start, const Session &session)
{
    AC_ASSIGN(const QString text, fileText(keeper, start, session));
    const bool isNew = !QFile::exists(keeper.file);
    QDir().mkpath(QFileInfo(keeper.file).path());
    QSaveFile file(keeper.file);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.commit())
        return Error{ErrorKind::IoError, u"%1: %2"_s.arg(keeper.file, file.errorString())};
    for (const QStringList &arguments : keeper.install) {
        if (const Status told = mustSucceed(keeper, arguments, session); !told) {
            if (isNew) // what was never started is not left for the next login
                QFile::remove(keeper.file);
            return told;
        }
    }
    session.terminal.outLine(u"installed as %1 and started"_s.arg(session.paths.abbreviateHome(keeper.file)));
    return {};
}

Status uninstall(const Keeper &keeper, const Session &session)
{
    if (!QFile::exists(keeper.file))
        return Error{ErrorKind::Usage,
                     u"no service is installed (%1)"_s.arg(session.paths.abbreviateHome(keeper.file))};
    for (const QStringList &arguments : keeper.uninstall)
        if (const Status told = mustSucceed(keeper, arguments, session); !told)
            session.terminal.errLine(told.error().message);
    if (!QFile::remove(keeper.file))
        return Error{ErrorKind::IoError, u"%1: cannot be removed"_s.arg(keeper.file)};
    session.terminal.outLine(u"the service is stopped and removed"_s);
    return {};
}

Status status(const Keeper &keeper, const Session &session)
{
    if (!QFile::exists(keeper.file)) {
        session.terminal.outLine(u"no service is installed; install one with: commits service install -R ~/code"_s);
        return {};
    }
    AC_ASSIGN(const ProcessOutput output, tellKeeper(keeper, keeper.status, session));
    session.terminal.out(QString::fromLocal8Bit(output.output + output.errors));
    return {};
}

} // namespace

QString systemdCommand(const QStringList &words)
{
    QStringList quoted;
    for (QString word : words) {
        word.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s).replace(u'%', u"%%"_s).replace(u'$', u"$$"_s);
        quoted += u'"' + word + u'"';
    }
    return quoted.join(u' ');
}

QString plistArguments(const QStringList &words)
{
    QStringList entries;
    for (const QString &word : words)
        entries += u"        <string>"_s + word.toHtmlEscaped() + u"</string>"_s;
    return entries.join(u'\n');
}

QString serviceName(const QString &daemon)
{
#ifdef Q_OS_MACOS
    const QString base = u"org.auto-commit.daemon"_s;
    const QChar joint = u'.';
#else
    const QString base = u"auto-commit"_s;
    const QChar joint = u'-';
#endif
    return daemon.isEmpty() || daemon == u"default"_s ? base : base + joint + daemon;
}

int runService(const ServiceCommand &command, Session &session)
{
    if (const QString &name = command.start.name; !name.isEmpty() && !isDaemonName(name))
        return reportError(
            session.terminal,
            {ErrorKind::Usage, u"\"%1\" is no name for a daemon; use letters, digits, - and _"_s.arg(name)});
    const Keeper keeper = keeperOf(command.start.name, session);
    const Status done = command.action == u"install"_s ? install(keeper, command.start, session)
        : command.action == u"uninstall"_s             ? uninstall(keeper, session)
                                                       : status(keeper, session);
    return done ? ExitDone : reportError(session.terminal, done.error());
}

} // namespace AutoCommit
