#include "app/traylogin.h"

#include "app/terminal.h"
#include "tray/model/loginsetting.h"

#include <QDir>
#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Status turn(const TrayOptions &options, const LoginStart &login, const Paths &paths)
{
    if (options.startAtLogin == u"off"_s)
        return login.turnOff();
    if (options.startAtLogin == u"show"_s)
        return {};
    if (options.startAtLogin != u"on"_s)
        return Error{ErrorKind::Usage, u"--start-at-login takes on, off or show"_s, {}};
    QStringList arguments = options.viewArguments();
    if (options.commitLocal) {
        AC_ASSIGN(const QStringList roots, localRoots(options, paths));
        arguments += QStringList{LoginSetting::commitLocalOption()} + roots;
    }
    return login.turnOn(arguments);
}

} // namespace

Result<QStringList> localRoots(const TrayOptions &options, const Paths &paths)
{
    if (options.roots.isEmpty())
        return Error{
            ErrorKind::Usage, u"--commit-local needs the directories to look below, for instance ~/code"_s, {}};
    QStringList roots;
    for (const QString &path : options.roots) {
        const QFileInfo info(QDir::current().absoluteFilePath(paths.expandHome(path)));
        if (!info.isDir())
            return Error{ErrorKind::Usage, u"%1: no such directory"_s.arg(path), {}};
        roots += info.canonicalFilePath();
    }
    return roots;
}

int runStartAtLogin(const TrayOptions &options, const LoginStart &login, const Paths &paths)
{
    const Terminal terminal;
    if (const Status turned = turn(options, login, paths); !turned) {
        terminal.errLine(u"commits-tray: error: "_s + turned.error().message);
        return 2;
    }
    const QStringList command = login.command();
    terminal.outLine(command.isEmpty()
                         ? u"not started at login"_s
                         : u"started at login (%1): %2"_s.arg(paths.abbreviateHome(login.file()), command.join(u' ')));
    return 0;
}

} // namespace AutoCommit
