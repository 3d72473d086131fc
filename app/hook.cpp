#include "app/commands.h"
#include "core/git/locate.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto mark = "# written by `commits hook install`"_L1;

/// The program may be moved or removed later: then the hook does nothing, and never stops a commit.
QByteArray script(const QString &program)
{
    QString quoted = program;
    quoted.replace(u'\'', u"'\\''"_s);
    return u"#!/bin/sh\n%1; take it out with `commits hook uninstall`\nif [ -x '%2' ]; then\n"
           "    '%2' hook run \"$1\" \"$2\" </dev/null || :\nfi\nexit 0\n"_s.arg(mark, quoted)
               .toUtf8();
}

Result<QString> hookFile(const HookCommand &command, Session &session)
{
    AC_ASSIGN(const GitTools tools, session.findGit());
    AC_ASSIGN(const RepoLocation location,
              locateRepository(QDir::current().absoluteFilePath(command.path.isEmpty() ? u"."_s : command.path)));
    const Git git(tools, location, session.cancel);
    AC_ASSIGN(const QByteArray directory, git.read({u"rev-parse"_s, u"--git-path"_s, u"hooks"_s}));
    return QDir(location.workTree).absoluteFilePath(QFile::decodeName(directory.trimmed())) + u"/prepare-commit-msg"_s;
}

Status install(const QString &path)
{
    QFile file(path);
    if (file.exists()) {
        if (!file.open(QIODevice::ReadOnly) || !file.read(4096).contains(QByteArray(mark.data(), mark.size())))
            return Error{
                ErrorKind::Usage,
                u"%1 exists and is not ours; to have both, add this line to it: %2 hook run \"$1\" \"$2\""_s.arg(
                    path, QCoreApplication::applicationFilePath())};
        file.close();
    }
    if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return Error{ErrorKind::IoError, u"%1: cannot be written: %2"_s.arg(path, file.errorString())};
    file.write(script(QCoreApplication::applicationFilePath()));
    file.setPermissions(file.permissions() | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther);
    return {};
}

Status uninstall(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (!file.open(QIODevice::ReadOnly) || !file.read(4096).contains(QByteArray(mark.data(), mark.size())))
        return Error{ErrorKind::Usage, u"%1 is not ours and stays"_s.arg(path)};
    file.close();
    return file.remove()
        ? Status()
        : Status(Error{ErrorKind::IoError, u"%1: cannot be removed: %2"_s.arg(path, file.errorString())});
}

} // namespace

int runHook(const HookCommand &command, Session &session)
{
    const Result<QString> path = hookFile(command, session);
    if (!path)
        return reportError(session.terminal, path.error());
    const bool installing = command.action == u"install"_s;
    if (const Status done = installing ? install(*path) : uninstall(*path); !done)
        return reportError(session.terminal, done.error());
    session.terminal.outLine((installing ? u"installed: "_s : u"removed: "_s) + session.paths.abbreviateHome(*path));
    return ExitDone;
}

} // namespace AutoCommit
