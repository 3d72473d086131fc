#include "core/doctor/doctor.h"
#include "app/commands.h"
#include "app/reportprinter.h"
#include "core/base/cleantext.h"
#include "core/git/locate.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString badge(const Terminal &terminal, CheckState state)
{
    switch (state) {
    case CheckState::Ok:
        return terminal.styled(Colour::Green, u"ok  "_s);
    case CheckState::Warn:
        return terminal.styled(Colour::Yellow, u"warn"_s);
    case CheckState::Fail:
        return terminal.styled(Colour::Red, u"FAIL"_s);
    case CheckState::Skipped:
        break;
    }
    return terminal.styled(Colour::Dim, u"-   "_s);
}

void print(const QList<Check> &checks, const Session &session)
{
    const Terminal &terminal = session.terminal;
    QString repo = u"?"_s;
    qsizetype width = 0;
    for (const Check &check : checks)
        width = std::max(width, check.title.size());
    for (const Check &check : checks) {
        if (check.repo != repo) {
            repo = check.repo;
            terminal.outLine(terminal.styled(
                Colour::Bold, repo.isEmpty() ? u"This machine"_s : cleanLine(session.paths.abbreviateHome(repo))));
        }
        terminal.outLine(u"  %1  %2  %3"_s.arg(badge(terminal, check.state), check.title.leftJustified(width),
                                               cleanLine(check.message)));
        if (!check.advice.isEmpty() && check.state != CheckState::Ok)
            terminal.outLine(u"        -> "_s + cleanLine(check.advice));
    }
    const auto count = [&](CheckState state) { return std::ranges::count(checks, state, &Check::state); };
    const auto failures = count(CheckState::Fail);
    const auto warnings = count(CheckState::Warn);
    if (failures + warnings == 0)
        terminal.outLine(u"Nothing to mend."_s);
    else
        terminal.outLine(u"%1 to mend, %2 to know about."_s.arg(failures).arg(warnings));
}

Result<QStringList> checkouts(const DoctorCommand &command, const Session &session)
{
    QStringList found;
    for (const QString &path : command.paths.isEmpty() ? QStringList{u"."_s} : command.paths) {
        const QString absolute = QDir::current().absoluteFilePath(session.paths.expandHome(path));
        if (!QFileInfo::exists(absolute))
            return Error{ErrorKind::Usage, u"%1: no such file or directory"_s.arg(path)};
        const Settings &settings = session.loaded.settings;
        if (command.recursive)
            found += discoverRepositories(
                absolute, {.depth = static_cast<int>(settings.discoverDepth), .exclude = settings.discoverExclude});
        else if (!command.paths.isEmpty() || locateRepository(absolute))
            found += absolute;
    }
    return found;
}

} // namespace

int runDoctor(const DoctorCommand &command, Session &session)
{
    const Result<GitTools> tools = session.findGit();
    if (!tools)
        return reportError(session.terminal, tools.error());
    const Result<QStringList> paths = checkouts(command, session);
    if (!paths)
        return reportError(session.terminal, paths.error());
    const QList<Check> checks = examine(*paths,
                                        {.tools = *tools,
                                         .loaded = session.loaded,
                                         .clock = session.clock,
                                         .cancel = session.cancel,
                                         .network = !command.offline},
                                        session.paths, session.environment);
    if (command.json) {
        QJsonArray rows;
        for (const Check &check : checks)
            rows += check.toJson();
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"checks"_s, rows}}).toJson()));
    } else {
        print(checks, session);
    }
    if (session.cancel.isCancelled())
        return ExitInterrupted;
    const bool bad = std::ranges::any_of(checks, [](const Check &check) { return check.state == CheckState::Fail; });
    return bad ? ExitAttention : ExitDone;
}

} // namespace AutoCommit
