#include "app/commands.h"
#include "core/config/salt.h"
#include "core/service/models.h"
#include "core/service/repositoryrun.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QString asText(const ReportedCommit &commit)
{
    return commit.subject + u'\n' + (commit.body.isEmpty() ? QString() : u'\n' + commit.body + u'\n');
}

Result<QString> writeMessage(const MessageCommand &command, Session &session)
{
    AC_ASSIGN(const GitTools tools, session.findGit());
    const QString index = session.environment.value(u"GIT_INDEX_FILE"_s);
    const QString path = QDir::current().absoluteFilePath(command.path.isEmpty() ? u"."_s : command.path);
    if (!QFileInfo::exists(path))
        return Error{ErrorKind::Usage, u"%1: no such directory"_s.arg(command.path)};
    const Story story = command.staged
        ? stagedMessageStory(index.isEmpty() ? index : QDir::current().absoluteFilePath(index))
        : messageStory();
    // A person waits: for a message in the editor not long, on the command line a little longer.
    const std::chrono::seconds patience(command.hookFile.isEmpty() ? 60 : 8);
    const auto models = makeModelSource(session.loaded, session.paths, session.environment, session.clock,
                                        {.requestClass = RequestClass::Interactive, .atMost = patience});
    const RunReport report = runRepository(path,
                                           {.tools = tools,
                                            .settings = session.loaded,
                                            .clock = session.clock,
                                            .story = story,
                                            .options = {.dryRun = true, .pull = false, .push = false},
                                            .salt = knownInstallationSalt(session.paths),
                                            .models = models.get()},
                                           session.cancel);
    if (report.error)
        return *report.error;
    for (const Exclusion &left : report.excluded)
        session.terminal.errLine(u"not described: %1: %2"_s.arg(QFile::decodeName(left.path), left.reason));
    if (report.commits.isEmpty())
        return Error{ErrorKind::Usage, command.staged ? u"nothing is staged"_s : u"there is nothing to describe"_s};
    return asText(report.commits.first());
}

/// git hands over the file with its own hints in it; the message goes on top. A message that is already there (-m, a
/// merge, an amended commit) is the user's. Nothing that goes wrong here may stop the commit.
int fillHookFile(const MessageCommand &command, Session &session)
{
    if (!command.hookSource.isEmpty() && command.hookSource != u"template"_s)
        return ExitDone;
    const Result<QString> message = writeMessage(command, session);
    QFile file(command.hookFile);
    if (!message || !file.open(QIODevice::ReadWrite))
        return ExitDone;
    const QByteArray hints = file.readAll();
    file.seek(0);
    file.write(message->toUtf8() + hints);
    return ExitDone;
}

} // namespace

int runMessage(const MessageCommand &command, Session &session)
{
    if (!command.hookFile.isEmpty())
        return fillHookFile(command, session);
    const Result<QString> message = writeMessage(command, session);
    if (!message)
        return reportError(session.terminal, message.error());
    session.terminal.out(*message);
    return ExitDone;
}

} // namespace AutoCommit
