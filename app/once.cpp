#include "app/commands.h"
#include "app/reportprinter.h"
#include "core/config/salt.h"
#include "core/git/locate.h"
#include "core/service/models.h"
#include "core/service/recorder.h"
#include "core/service/story.h"
#include "core/sync/hubconnections.h"

#include <QDir>
#include <QSet>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The checkouts that the paths stand for, each once, in the order given.
Result<QStringList> targets(const OnceCommand &command, const Session &session)
{
    QStringList found;
    QSet<QString> seen;
    const QStringList given = command.paths.isEmpty() ? QStringList{u"."_s} : command.paths;
    for (const QString &path : given) {
        const QString absolute = QDir::current().absoluteFilePath(session.paths.expandHome(path));
        if (!QFileInfo::exists(absolute))
            return Error{ErrorKind::Usage, u"%1: no such file or directory"_s.arg(path)};
        if (!QFileInfo(absolute).isDir())
            return Error{ErrorKind::Usage, u"%1 is a file; name the checkout it is in"_s.arg(path)};
        QStringList here{absolute};
        if (command.recursive) {
            const Settings &settings = session.loaded.settings;
            here = discoverRepositories(
                absolute, {.depth = static_cast<int>(settings.discoverDepth), .exclude = settings.discoverExclude});
        }
        for (const QString &repo : here) {
            const Result<RepoLocation> location = locateRepository(repo);
            const QString key = location ? location->workTree : repo;
            if (!seen.contains(key)) {
                seen.insert(key);
                found += key;
            }
        }
    }
    return found;
}

int exitCode(const QList<RunReport> &reports, const Session &session)
{
    if (session.cancel.isCancelled())
        return ExitInterrupted;
    return std::ranges::any_of(reports, &RunReport::needsUser) ? ExitAttention : ExitDone;
}

} // namespace

int runOnce(const OnceCommand &command, Session &session)
{
    const Result<GitTools> tools = session.findGit();
    if (!tools)
        return reportError(session.terminal, tools.error());
    const Result<QStringList> paths = targets(command, session);
    if (!paths)
        return reportError(session.terminal, paths.error());
    if (paths->isEmpty() && !command.json)
        session.terminal.errLine(u"no git checkouts there"_s);

    const Story story = commitStory();
    const auto models = makeModelSource(session.loaded, session.paths, session.environment, session.clock, {});
    const bool sharing = session.loaded.settings.shareConnections && paths->size() > 1;
    HubConnections hubs(sharing ? session.paths.runtimeDir() + u"/ssh"_s : QString(), session.clock);
    const RunParts parts{.tools = *tools,
                         .settings = session.loaded,
                         .clock = session.clock,
                         .story = story,
                         .options = {.dryRun = command.dryRun,
                                     .pull = !command.noPull,
                                     .push = !command.noPush,
                                     .waitForWriters = session.loaded.settings.onceWait},
                         .salt = command.dryRun ? knownInstallationSalt(session.paths) : session.salt(),
                         .models = models.get(),
                         .hubs = &hubs};
    QList<RunReport> reports;
    {
        SweepProgress progress(session.terminal, session.paths, paths->size(), !command.json);
        reports = runSweep(*paths, parts, static_cast<int>(session.loaded.settings.maxParallelRepos), session.cancel,
                           progress);
    }
    if (!command.dryRun) {
        const Recorder recorder(session.paths, session.loaded.settings, session.clock);
        if (const Status recorded = recorder.record(reports); !recorded)
            qCWarning(logStore) << "history:" << recorded.error().message;
    }
    if (command.json)
        session.terminal.out(QString::fromUtf8(reportsJson(reports)));
    else if (reports.size() > 1)
        session.terminal.outLine(summaryText(reports));
    return exitCode(reports, session);
}

} // namespace AutoCommit
