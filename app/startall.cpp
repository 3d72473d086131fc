#include "app/commands.h"
#include "app/startplan.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

Result<StartPlan> planOf(const AutostartEntry &entry, const Session &session)
{
    AC_ASSIGN(StartPlan plan,
              planStart({.words = entry.paths, .recursive = entry.recursive, .name = entry.name, .port = entry.port},
                        session));
    plan.interval = entry.interval;
    return plan;
}

/// What runs is left alone: the list can be started again at any time.
Result<QJsonObject> ensureRuns(const AutostartEntry &entry, Session &session)
{
    AC_ASSIGN(const std::optional<DaemonEntry> running, DaemonRegistry(session.paths).find(entry.name));
    if (running)
        return factsOf(*running);
    AC_ASSIGN(const StartPlan plan, planOf(entry, session));
    return launch(plan, session);
}

} // namespace

int startAll(bool json, Session &session)
{
    if (session.loaded.autostart.isEmpty())
        return reportError(
            session.terminal,
            {ErrorKind::Usage,
             u"no daemon is in the list `autostart` of %1; put one there with: commits start --save"_s.arg(
                 session.paths.abbreviateHome(session.paths.configFile()))});
    QJsonArray daemons;
    int exitCode = ExitDone;
    for (const AutostartEntry &entry : session.loaded.autostart) {
        const Result<QJsonObject> facts = ensureRuns(entry, session);
        if (!facts)
            exitCode = std::max(exitCode, reportError(session.terminal, facts.error()));
        else if (json)
            daemons += *facts;
        else
            session.terminal.outLine(startedText(*facts));
    }
    if (json)
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"daemons"_s, daemons}}).toJson()));
    return exitCode;
}

} // namespace AutoCommit
