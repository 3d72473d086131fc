#include "app/commands.h"
#include "app/reportprinter.h"
#include "core/agent/agent.h"
#include "core/config/salt.h"
#include "core/git/locate.h"
#include "core/service/hostaddress.h"
#include "core/service/models.h"
#include "core/service/pauses.h"
#include "core/service/recorder.h"
#include "core/service/recoveryhistory.h"
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

RunOptions runOptions(const OnceCommand &command, const Session &session)
{
    return {.dryRun = command.dryRun,
            .pull = !command.noPull,
            .push = !command.noPush,
            .waitForWriters = session.loaded.settings.onceWait};
}

QByteArray saltFor(const OnceCommand &command, const Session &session)
{
    return command.dryRun ? knownInstallationSalt(session.paths) : session.salt();
}

/// With this machine's models, or the built-in engine.
QList<RunReport> sweepHere(const OnceCommand &command, Session &session, const GitTools &tools,
                           const QStringList &paths, SweepObserver &observer)
{
    const Pauses pauses(historyOptions(session.paths, session.loaded.settings), session.clock);
    const Story story = commitStory(&pauses);
    const auto models = makeModelSource(session.loaded, session.paths, session.environment, session.clock, {});
    const bool sharing = session.loaded.settings.shareConnections && paths.size() > 1;
    HubConnections hubs(sharing ? session.paths.runtimeDir() + u"/ssh"_s : QString(), session.clock);
    const auto recovery = makeRecoveryHistory(historyOptions(session.paths, session.loaded.settings), session.clock);
    const RunParts parts{.tools = tools,
                         .settings = session.loaded,
                         .clock = session.clock,
                         .story = story,
                         .options = runOptions(command, session),
                         .salt = saltFor(command, session),
                         .models = models.get(),
                         .hubs = &hubs,
                         .recovery = recovery.get(),
                         .pauses = &pauses};
    return runSweep(paths, parts, static_cast<int>(session.loaded.settings.maxParallelRepos), session.cancel, observer);
}

/// With another machine's.
Result<QList<RunReport>> sweepAsAgent(const OnceCommand &command, Session &session, const GitTools &tools,
                                      const QStringList &paths, SweepProgress &observer)
{
    session.loaded.settings.apiUrl = command.remote;
    AC_ASSIGN(const std::unique_ptr<HostDoor> door, openHostDoor(session.loaded.settings, session.paths));
    const StoreOptions history = historyOptions(session.paths, session.loaded.settings);
    const Pauses pauses(history, session.clock);
    Agent agent(*door, tools, session.loaded, session.clock, saltFor(command, session), [&] { return paths; },
                {.host = history.host,
                 .outbox = session.paths.cacheDir() + u"/outbox"_s,
                 .run = runOptions(command, session),
                 .pauses = &pauses},
                {.stage = [&](const QString &path, StageId stage) { observer.stageStarted(path, stage); },
                 .report = [&](const RunReport &report) { observer.finished(report); },
                 .status = {},
                 .waiting = [&](const QString &host) { observer.waiting(host); }});
    QList<RunReport> reports = agent.sweepOnce(session.cancel);
    const AgentStatus status = agent.status();
    if (!command.dryRun && (status.hostState != u"ok"_s || !status.drift.isEmpty()))
        session.terminal.errLine(status.line);
    return reports;
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

    QList<RunReport> reports;
    {
        SweepProgress progress(session.terminal, session.paths, paths->size(), !command.json);
        if (command.remote.isEmpty()) {
            reports = sweepHere(command, session, *tools, *paths, progress);
        } else {
            Result<QList<RunReport>> swept = sweepAsAgent(command, session, *tools, *paths, progress);
            if (!swept)
                return reportError(session.terminal, swept.error());
            reports = *std::move(swept);
        }
    }
    if (!command.dryRun) {
        const Recorder recorder(session.paths, session.loaded.settings, session.clock);
        if (const Status recorded = recorder.record(reports); !recorded)
            session.terminal.errLine(u"history is not recorded: %1"_s.arg(recorded.error().message));
    }
    if (command.json)
        session.terminal.out(QString::fromUtf8(reportsJson(reports)));
    else if (reports.size() > 1)
        session.terminal.outLine(summaryText(reports));
    const auto isNone = [](const RunReport &r) { return r.error && r.error->kind == ErrorKind::NotARepository; };
    if (!command.json && !command.recursive && std::ranges::any_of(reports, isNone))
        session.terminal.errLine(u"to take every checkout below a directory, use -R"_s);
    return exitCode(reports, session);
}

} // namespace AutoCommit
