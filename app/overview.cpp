#include "app/commands.h"
#include "app/daemonlink.h"
#include "app/format.h"
#include "app/parity.h"
#include "app/stats.h"
#include "core/base/cleantext.h"
#include "core/base/pathtext.h"
#include "core/service/pauses.h"
#include "core/service/recorder.h"
#include "core/service/recordshapes.h"
#include "core/store/historyreader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// From the daemons that run, so that it is of this moment; else from the history.
Result<QJsonArray> repoRows(const Session &session)
{
    const DaemonLink link(session);
    AC_ASSIGN(const QList<DaemonEntry> daemons, link.running());
    QJsonArray rows;
    bool asked = false;
    for (const DaemonEntry &daemon : daemons) {
        if (!daemon.remote.isEmpty())
            continue; // an agent does not listen; the history has what it did
        const Result<QJsonObject> answer = link.ask(daemon, {.path = "/repos", .body = {}});
        if (!answer) {
            session.terminal.errLine(answer.error().message);
            continue;
        }
        asked = true;
        for (const auto &row : (*answer)[u"items"_s].toArray())
            rows += row;
    }
    if (asked)
        return rows;
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    HistoryReader reader(options.location, session.clock);
    AC_ASSIGN(QList<RepoRecord> repos, reader.repos(options.host));
    const RecordShapes shapes(session.paths);
    for (RepoRecord &repo : repos) {
        if (repo.pause && !stands(*repo.pause, wallTime(session.clock)))
            repo.pause.reset();
        rows += shapes.repo(repo);
    }
    return rows;
}

Colour colourOf(const QJsonObject &repo)
{
    const QString state = repo[u"state"_s].toString();
    if (state == u"failed"_s || repo[u"error"_s].isObject())
        return Colour::Red;
    return state == u"skipped"_s || state == u"waiting"_s || repo[u"pause"_s].isObject() ? Colour::Yellow
                                                                                         : Colour::Plain;
}

QString whatElse(const QJsonObject &repo)
{
    QStringList parts;
    if (repo[u"running"_s].toBool())
        parts += repo[u"stage"_s].toString();
    if (repo[u"pause"_s].isObject())
        parts += u"paused "_s + repo[u"pause"_s][u"reason"_s].toString();
    if (const qint64 ahead = repo[u"ahead"_s].toInteger(); ahead > 0)
        parts += u"%1 to push"_s.arg(ahead);
    if (const qint64 behind = repo[u"behind"_s].toInteger(); behind > 0)
        parts += u"%1 behind"_s.arg(behind);
    if (const qint64 excluded = repo[u"excluded"_s].toInteger(); excluded > 0)
        parts += u"%1 left out"_s.arg(excluded);
    if (const QString reason = repo[u"reason"_s].toString(); !reason.isEmpty())
        parts += reason;
    return cleanLine(parts.join(u"; "_s));
}

int showRepos(const OverviewCommand &command, Session &session)
{
    const Result<QJsonArray> rows = repoRows(session);
    if (!rows)
        return reportError(session.terminal, rows.error());
    if (command.json) {
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"repos"_s, *rows}}).toJson()));
        return ExitDone;
    }
    Table table({u"REPOSITORY"_s, u"BRANCH"_s, u"STATE"_s, u"LOOKED AT"_s, u"COMMITTED"_s, u""_s});
    const Timestamp now = wallTime(session.clock);
    for (const auto &row : *rows) {
        const QJsonObject repo = row.toObject();
        table.add({cleanLine(repo[u"path"_s].toString()), cleanLine(repo[u"branch"_s].toString()),
                   repo[u"state"_s].toString(), ageText(fromIsoText(repo[u"looked_at"_s].toString()), now),
                   ageText(fromIsoText(repo[u"committed_at"_s].toString()), now), whatElse(repo)},
                  colourOf(repo));
    }
    if (table.isEmpty())
        session.terminal.errLine(u"no repository is known yet; start with: commits start -R ~/code"_s);
    else
        session.terminal.out(table.text(session.terminal));
    return ExitDone;
}

int showCycles(const OverviewCommand &command, Session &session)
{
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    HistoryReader reader(options.location, session.clock);
    const auto cycles = reader.cycles({.limit = command.limit});
    if (!cycles)
        return reportError(session.terminal, cycles.error());
    if (command.json) {
        QJsonArray rows;
        const RecordShapes shapes(session.paths);
        for (const CycleRecord &cycle : cycles->items)
            rows += shapes.cycle(cycle);
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"cycles"_s, rows}}).toJson()));
        return ExitDone;
    }
    Table table({u"WHEN"_s, u"TOOK"_s, u"DAEMON"_s, u"WHY"_s, u"REPOS"_s, u"COMMITTED"_s, u"PULLED"_s, u"PUSHED"_s,
                 u"SKIPPED"_s, u"FAILED"_s, u""_s});
    const Timestamp now = wallTime(session.clock);
    for (const CycleRecord &cycle : cycles->items)
        table.add({ageText(cycle.startedAt, now),
                   spanText(std::chrono::duration_cast<std::chrono::seconds>(cycle.finishedAt - cycle.startedAt)),
                   cycle.daemon, cycle.reason, QString::number(cycle.repos), QString::number(cycle.committed),
                   QString::number(cycle.pulled), QString::number(cycle.pushed), QString::number(cycle.skipped),
                   QString::number(cycle.failed), cycle.note},
                  cycle.failed > 0 ? Colour::Red : Colour::Plain);
    if (table.isEmpty())
        session.terminal.errLine(u"no cycle is recorded yet"_s);
    else
        session.terminal.out(table.text(session.terminal));
    return ExitDone;
}

} // namespace

int runOverview(const OverviewCommand &command, Session &session)
{
    switch (command.what) {
    case OverviewCommand::What::Repos:
        return showRepos(command, session);
    case OverviewCommand::What::Cycles:
        return showCycles(command, session);
    case OverviewCommand::What::Parity:
        return showParity(command, session);
    case OverviewCommand::What::Stats:
        break;
    }
    return showStats(command, session);
}

} // namespace AutoCommit
