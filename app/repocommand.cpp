#include "app/commands.h"
#include "app/daemonlink.h"
#include "core/service/recorder.h"
#include "core/service/undo.h"
#include "core/store/historyreader.h"
#include "core/store/store.h"

#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct UndoAnswer
{
    QString sha;
    bool soft = false;
};

/// No daemon looks after it: done in this process.
Result<UndoAnswer> undoHere(const NamedRepo &repo, const QString &sha, Session &session)
{
    AC_ASSIGN(const GitTools tools, session.findGit());
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    Store store(options, session.clock);
    AC_TRY(store.open());
    AC_ASSIGN(const CommitRecord commit, commitToUndo(store, options.host, repo.id, sha));
    const Story none;
    AC_ASSIGN(const Undone undone,
              undoCommit(commit,
                         {.tools = tools,
                          .settings = session.loaded,
                          .clock = session.clock,
                          .story = none,
                          .options = {},
                          .salt = session.salt()},
                         session.cancel));
    AC_TRY(recordUndo(store, commit, undone, wallTime(session.clock)));
    return UndoAnswer{.sha = undone.revert, .soft = undone.revert.isEmpty()};
}

Result<UndoAnswer> undo(const RepoCommand &command, const NamedRepo &repo, Session &session)
{
    const DaemonLink link(session);
    AC_ASSIGN(const auto daemon, link.daemonOf(repo.id));
    if (!daemon)
        return undoHere(repo, command.sha, session);
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    HistoryReader history(options.location, session.clock);
    AC_ASSIGN(const CommitRecord commit, commitToUndo(history, options.host, repo.id, command.sha));
    AC_ASSIGN(const QJsonObject answer,
              link.ask(*daemon,
                       {.method = "POST",
                        .path = "/repos/" + repo.id.toLatin1() + "/undo",
                        .body = {{u"sha"_s, commit.sha}},
                        .timeout = std::chrono::minutes(2)}));
    return UndoAnswer{.sha = answer[u"sha"_s].toString(), .soft = answer[u"soft"_s].toBool()};
}

int runUndo(const RepoCommand &command, const NamedRepo &repo, Session &session)
{
    const Result<UndoAnswer> undone = undo(command, repo, session);
    if (!undone)
        return reportError(session.terminal, undone.error());
    if (command.json)
        session.terminal.out(
            QString::fromUtf8(QJsonDocument(QJsonObject{{u"sha"_s, undone->sha}, {u"soft"_s, undone->soft}}).toJson()));
    else if (undone->soft)
        session.terminal.outLine(
            u"taken back; its changes are in the work tree, and the repository is paused: change "
            "what you want, then `commits resume %1`"_s.arg(session.paths.abbreviateHome(repo.workTree)));
    else
        session.terminal.outLine(u"undone by %1, which is pushed with the next run"_s.arg(undone->sha.left(10)));
    return ExitDone;
}

int runSync(const RepoCommand &command, const NamedRepo &repo, Session &session)
{
    const DaemonLink link(session);
    const auto daemon = link.daemonOf(repo.id);
    if (!daemon)
        return reportError(session.terminal, daemon.error());
    if (!*daemon) // the same without a daemon
        return runOnce({.paths = {repo.workTree}, .json = command.json}, session);
    const auto started
        = link.ask(**daemon, {.method = "POST", .path = "/repos/" + repo.id.toLatin1() + "/sync", .body = {}});
    if (!started)
        return reportError(session.terminal, started.error());
    if (command.json)
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"started"_s, true}}).toJson()));
    else
        session.terminal.outLine(u"%1 runs now"_s.arg(session.paths.abbreviateHome(repo.workTree)));
    return ExitDone;
}

} // namespace

int runRepoCommand(const RepoCommand &command, Session &session)
{
    const Result<NamedRepo> repo = namedRepo(command.repo, session);
    if (!repo)
        return reportError(session.terminal, repo.error());
    return command.what == RepoCommand::What::Undo ? runUndo(command, *repo, session)
                                                   : runSync(command, *repo, session);
}

} // namespace AutoCommit
