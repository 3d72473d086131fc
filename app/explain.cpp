#include "app/commands.h"
#include "app/daemonlink.h"
#include "app/format.h"
#include "app/reportprinter.h"
#include "core/base/cleantext.h"
#include "core/base/pathtext.h"
#include "core/config/salt.h"
#include "core/service/pauses.h"
#include "core/service/recorder.h"
#include "core/service/recordshapes.h"
#include "core/service/repositoryrun.h"
#include "core/store/historyreader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Result<QList<DecisionRecord>> recorded(const RepoLocation &location, const Session &session)
{
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    HistoryReader reader(options.location, session.clock);
    AC_ASSIGN(QList<DecisionRecord> all,
              reader.decisions(options.host, repoIdFor(QFile::encodeName(location.commonDir)), 500));
    if (!all.isEmpty()) // the newest run only: its decisions share one moment
        all.removeIf([last = all.last().at](const DecisionRecord &record) { return record.at != last; });
    std::ranges::sort(all, {}, &DecisionRecord::id);
    return all;
}

/// What recorded runs left out and still do.
Result<QList<ExclusionRecord>> leftOut(const RepoLocation &location, const Session &session)
{
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    HistoryReader reader(options.location, session.clock);
    return reader.exclusions(options.host, repoIdFor(QFile::encodeName(location.commonDir)));
}

/// A look without the network calls a checkout clean that is at odds with its hub: what is known of that is said.
QString knownTrouble(const RunReport &now, const Session &session)
{
    if (now.state != RunState::Clean || !now.reason.isEmpty())
        return now.reason;
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    HistoryReader reader(options.location, session.clock);
    const auto errors = reader.standingErrors(
        {.host = options.host, .repo = repoIdFor(QFile::encodeName(now.commonDir)), .limit = 1});
    if (errors && !errors->items.isEmpty())
        return u"nothing to commit, but since %1: %2"_s.arg(isoText(errors->items.first().firstSeen),
                                                            errors->items.first().message);
    if (now.ahead > 0 || now.behind > 0)
        return u"nothing to commit; as of the last fetch %1 to push and %2 to take over"_s.arg(now.ahead).arg(
            now.behind);
    return {};
}

QJsonArray asJson(const QList<ExclusionRecord> &records, Timestamp now)
{
    QJsonArray rows;
    for (const ExclusionRecord &record : records)
        rows += QJsonObject{{u"path"_s, displayPath(record.path)},
                            {u"reason"_s, record.reason},
                            {u"rule"_s, record.rule},
                            {u"first_seen"_s, isoText(record.firstSeen)},
                            {u"last_seen"_s, isoText(record.lastSeen)},
                            {u"age_seconds"_s,
                             qint64(std::chrono::duration_cast<std::chrono::seconds>(now - record.firstSeen).count())}};
    return rows;
}

QJsonArray asJson(const QList<DecisionRecord> &decisions, const RecordShapes &shapes)
{
    QJsonArray rows;
    for (const DecisionRecord &decision : decisions)
        rows += shapes.decision(decision);
    return rows;
}

QJsonObject asJson(const RunReport &report)
{
    QJsonObject object = report.toJson();
    QJsonArray steps;
    for (const Decision &decision : report.trace)
        steps += QJsonObject{{u"stage"_s, decision.stage}, {u"what"_s, decision.text}};
    object.insert(u"decisions"_s, steps);
    QJsonArray groups;
    for (const ReportedCommit &commit : report.commits)
        groups += QJsonObject{{u"subject"_s, commit.subject}, {u"why"_s, QJsonArray::fromStringList(commit.why)}};
    object.insert(u"groups"_s, groups);
    return object;
}

void printStep(const Terminal &terminal, const QString &stage, const QString &what)
{
    terminal.outLine(u"  "_s + terminal.styled(Colour::Blue, stage.leftJustified(14)) + cleanText(what));
}

void printLeftOut(const Terminal &terminal, const QList<ExclusionRecord> &records, Timestamp now)
{
    if (records.isEmpty())
        return terminal.outLine(u"Nothing is left out."_s);
    Table table({u"LEFT OUT"_s, u"SINCE"_s, u"BECAUSE"_s});
    bool secrets = false;
    for (const ExclusionRecord &record : records) {
        table.add({displayPath(record.path), ageText(record.firstSeen, now), cleanText(record.reason)});
        secrets = secrets || record.rule.startsWith(u"secret:"_s);
    }
    terminal.out(table.text(terminal));
    if (secrets)
        terminal.outLine(terminal.styled(Colour::Dim,
                                         u"`commits scan PATH` prints the command that lets a false "
                                         "alarm pass."_s));
}

int reportLeftOut(const RepoLocation &location, bool json, const Session &session)
{
    const auto records = leftOut(location, session);
    if (!records)
        return reportError(session.terminal, records.error());
    const Timestamp now = wallTime(session.clock);
    if (json)
        session.terminal.out(QString::fromUtf8(
            QJsonDocument(QJsonObject{{u"path"_s, location.workTree}, {u"held"_s, asJson(*records, now)}}).toJson()));
    else
        printLeftOut(session.terminal, *records, now);
    return ExitDone;
}

void printLast(const Terminal &terminal, const QList<DecisionRecord> &decisions)
{
    if (decisions.isEmpty())
        return terminal.outLine(u"Nothing recorded yet: clean runs leave no trace."_s);
    terminal.outLine(terminal.styled(Colour::Bold, u"Last recorded run, "_s + isoText(decisions.first().at)));
    for (const DecisionRecord &decision : decisions) {
        printStep(terminal, decision.stage, decision.what);
        if (!decision.why.isEmpty())
            printStep(terminal, {}, decision.why);
    }
}

void printNow(const Terminal &terminal, const RunReport &report, const Paths &paths)
{
    terminal.outLine(u'\n' + terminal.styled(Colour::Bold, u"If it ran now"_s));
    for (const Decision &decision : report.trace)
        printStep(terminal, decision.stage, decision.text);
    terminal.out(u'\n' + reportText(report, terminal, paths));
    for (const ReportedCommit &commit : report.commits) {
        if (commit.why.isEmpty())
            continue;
        terminal.outLine(u"\n  "_s + terminal.styled(Colour::Bold, commit.subject) + u" is one commit because"_s);
        for (const QString &why : commit.why)
            terminal.outLine(u"    "_s + cleanText(why));
    }
}

} // namespace

int runExplain(const ExplainCommand &command, Session &session)
{
    const Result<RepoLocation> location = checkoutAt(command.path, session);
    if (!location)
        return reportError(session.terminal, location.error());
    if (command.held)
        return reportLeftOut(*location, command.json, session);
    const Result<GitTools> tools = session.findGit();
    if (!tools)
        return reportError(session.terminal, tools.error());
    const Result<QList<DecisionRecord>> last = recorded(*location, session);
    const Result<QList<ExclusionRecord>> known = leftOut(*location, session);
    const QList<ExclusionRecord> held = known ? *known : QList<ExclusionRecord>();
    const Pauses pauses(historyOptions(session.paths, session.loaded.settings), session.clock);
    const Story story = commitStory(&pauses);
    RunReport now = runRepository(location->workTree,
                                  {.tools = *tools,
                                   .settings = session.loaded,
                                   .clock = session.clock,
                                   .story = story,
                                   .options = {.dryRun = true, .pull = false, .push = false},
                                   .salt = knownInstallationSalt(session.paths),
                                   .pauses = &pauses},
                                  session.cancel);
    now.reason = knownTrouble(now, session);
    if (command.json) {
        const QJsonObject all{{u"path"_s, location->workTree},
                              {u"held"_s, asJson(held, wallTime(session.clock))},
                              {u"last"_s, asJson(last ? *last : QList<DecisionRecord>(), RecordShapes(session.paths))},
                              {u"now"_s, asJson(now)}};
        session.terminal.out(QString::fromUtf8(QJsonDocument(all).toJson()));
        return ExitDone;
    }
    if (last)
        printLast(session.terminal, *last);
    else
        session.terminal.errLine(u"history: "_s + last.error().message);
    if (!held.isEmpty()) {
        session.terminal.outLine({});
        printLeftOut(session.terminal, held, wallTime(session.clock));
    }
    printNow(session.terminal, now, session.paths);
    return ExitDone;
}

} // namespace AutoCommit
