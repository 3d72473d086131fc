#include "app/commands.h"
#include "app/daemonlink.h"
#include "app/format.h"
#include "core/base/cleantext.h"
#include "core/base/protocol.h"
#include "core/service/recorder.h"
#include "core/store/historyreader.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

std::optional<Timestamp> moment(const QJsonValue &value)
{
    return fromIsoText(value.toString());
}

Colour colourOf(const QString &state)
{
    if (state == u"attention"_s)
        return Colour::Red;
    if (state == u"paused"_s || state == u"unreachable"_s)
        return Colour::Yellow;
    return state == u"working"_s ? Colour::Blue : Colour::Green;
}

QJsonObject asJson(const Error &error)
{
    return {{u"kind"_s, errorKindName(error.kind)}, {u"message"_s, error.message}};
}

class StatusPrinter
{
public:
    explicit StatusPrinter(const Session &session)
        : m_terminal(session.terminal)
        , m_now(wallTime(session.clock))
    { }

    void print(const DaemonEntry &daemon, const QJsonObject &status) const
    {
        const QString state = status[u"state"_s].toString();
        m_terminal.outLine(
            m_terminal.styled(Colour::Bold, daemon.name) + u"  "_s + m_terminal.styled(colourOf(state), state)
            + u"  process %1, up %2%3"_s.arg(daemon.pid)
                  .arg(spanText(std::chrono::duration_cast<std::chrono::seconds>(m_now - daemon.startedAt)),
                       daemon.url.isEmpty() ? QString() : u", "_s + daemon.url));
        if (!daemon.remote.isEmpty())
            line(u"described by"_s, daemon.remote);
        if (status.isEmpty() || !daemon.remote.isEmpty())
            return;
        if (const QString drift = driftOf(status); !drift.isEmpty())
            line(u"drift"_s, drift);
        printPause(status[u"pause"_s].toObject());
        const QJsonArray holds = status[u"holds"_s].toArray();
        for (const auto &hold : holds)
            line(u"waits"_s, hold[u"text"_s].toString());
        if (holds.isEmpty() || status[u"cycle"_s][u"number"_s].toInteger() > 0)
            printCycle(status[u"cycle"_s].toObject());
        printCounts(status[u"counts"_s].toObject());
        const QJsonObject watch = status[u"watch"_s].toObject();
        line(u"file events"_s,
             watch[u"events"_s].toBool() ? u"%1 directories watched"_s.arg(watch[u"directories"_s].toInteger())
                                         : u"none"_s);
        if (const QString note = watch[u"note"_s].toString(); !note.isEmpty())
            line({}, note);
        for (const auto &note : status[u"notes"_s].toArray())
            line(u"note"_s, note.toString());
        printAttention(status[u"attention"_s].toArray());
    }

private:
    void line(const QString &name, const QString &text) const
    {
        m_terminal.outLine(u"  "_s + m_terminal.styled(Colour::Dim, name.leftJustified(14)) + cleanLine(text));
    }

    /// A daemon that an update of the program left running.
    static QString driftOf(const QJsonObject &status)
    {
        const QString version = status[u"version"_s].toString();
        const qint64 protocol = status[u"protocol"_s].toInteger();
        if (protocol == apiProtocol && version == QStringLiteral(AC_VERSION))
            return {};
        return u"the daemon is version %1 (protocol %2), this program %3 (protocol %4); use `commits restart`"_s
            .arg(version)
            .arg(protocol)
            .arg(QStringLiteral(AC_VERSION))
            .arg(apiProtocol);
    }

    void printPause(const QJsonObject &pause) const
    {
        if (pause.isEmpty())
            return;
        QString text = pause[u"reason"_s].toString();
        if (text.isEmpty())
            text = u"no reason given"_s;
        if (const auto until = moment(pause[u"until"_s]))
            text += u", for %1 more"_s.arg(spanText(std::chrono::duration_cast<std::chrono::seconds>(*until - m_now)));
        line(u"paused"_s, text);
    }

    void printCycle(const QJsonObject &cycle) const
    {
        if (cycle[u"number"_s].toInteger() == 0)
            return line(u"cycle"_s, u"the first one is being prepared"_s);
        const QString reason = cycle[u"reason"_s].toString();
        if (cycle[u"running"_s].toBool())
            return line(u"cycle"_s,
                        u"%1 of %2 repositories done (%3)"_s.arg(cycle[u"done"_s].toInteger())
                            .arg(cycle[u"total"_s].toInteger())
                            .arg(reason));
        line(u"last cycle"_s, u"%1 (%2)"_s.arg(ageText(moment(cycle[u"finished_at"_s]), m_now), reason));
        if (const auto next = moment(cycle[u"next_at"_s]))
            line(u"next cycle"_s, u"in "_s + spanText(std::chrono::duration_cast<std::chrono::seconds>(*next - m_now)));
    }

    void printCounts(const QJsonObject &counts) const
    {
        line(u"repositories"_s, QString::number(counts[u"repos"_s].toInteger()));
        QStringList parts{u"%1 commits today"_s.arg(counts[u"commits_today"_s].toInteger())};
        const auto add = [&](const QString &key, const QString &words) {
            if (const qint64 count = counts[key].toInteger(); count > 0)
                parts += words.arg(count);
        };
        add(u"unpushed"_s, u"%1 not pushed"_s);
        add(u"excluded"_s, u"%1 paths left out"_s);
        add(u"paused"_s, u"%1 paused"_s);
        line({}, parts.join(u", "_s));
    }

    void printAttention(const QJsonArray &rows) const
    {
        if (rows.isEmpty())
            return;
        m_terminal.outLine(m_terminal.styled(Colour::Red, u"  waits for you"_s));
        for (const auto &row : rows) {
            const QJsonObject object = row.toObject();
            m_terminal.outLine(u"    "_s + m_terminal.styled(Colour::Bold, object[u"name"_s].toString()) + u"  "_s
                               + cleanLine(object[u"message"_s].toString()));
            if (const QString advice = object[u"advice"_s].toString(); !advice.isEmpty())
                m_terminal.outLine(u"      "_s + m_terminal.styled(Colour::Dim, cleanLine(advice)));
        }
    }

    const Terminal &m_terminal;
    const Timestamp m_now;
};

/// What the history alone says, where no daemon runs.
int printHistory(const StatusCommand &command, const Session &session)
{
    const StoreOptions options = historyOptions(session.paths, session.loaded.settings);
    HistoryReader reader(options.location, session.clock);
    const auto repos = reader.repos(options.host);
    const auto cycles = reader.cycles({.host = options.host, .limit = 1});
    const auto errors = reader.standingErrors({.host = options.host, .limit = 20});
    if (!repos || !cycles || !errors)
        return reportError(session.terminal, !repos ? repos.error() : !cycles ? cycles.error() : errors.error());
    const Terminal &terminal = session.terminal;
    if (command.json) {
        terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"daemons"_s, QJsonArray()},
                                                                 {u"repos"_s, repos->size()},
                                                                 {u"errors"_s, errors->items.size()}})
                                           .toJson()));
        return ExitDone;
    }
    terminal.outLine(noDaemonError().message);
    if (!cycles->items.isEmpty())
        terminal.outLine(
            u"  last cycle    %1"_s.arg(ageText(cycles->items.first().finishedAt, wallTime(session.clock))));
    if (!repos->isEmpty())
        terminal.outLine(u"  repositories  %1 known; see `commits repos`"_s.arg(repos->size()));
    if (!errors->items.isEmpty())
        terminal.outLine(terminal.styled(
            Colour::Red, u"  errors        %1 stand; see `commits errors`"_s.arg(errors->items.size())));
    return ExitDone;
}

int printOnce(const StatusCommand &command, Session &session)
{
    const DaemonLink link(session);
    const Result<QList<DaemonEntry>> running = link.running();
    if (!running)
        return reportError(session.terminal, running.error());
    if (!command.name.isEmpty()) {
        if (const auto one = link.choose(command.name); !one)
            return reportError(session.terminal, one.error());
    }
    if (running->isEmpty())
        return printHistory(command, session);
    QJsonArray all;
    int exitCode = ExitDone;
    for (const DaemonEntry &daemon : *running) {
        if (!command.name.isEmpty() && daemon.name != command.name)
            continue;
        const Result<QJsonObject> status = daemon.remote.isEmpty()
            ? link.ask(daemon, {.path = "/status", .body = {}})
            : Result<QJsonObject>(QJsonObject{{u"state"_s, u"agent"_s}, {u"remote"_s, daemon.remote}});
        if (!status)
            exitCode = ExitAttention;
        QJsonObject object = status ? *status : QJsonObject();
        if (!status && !command.json)
            session.terminal.errLine(status.error().message);
        if (command.json) {
            if (!status)
                object.insert(u"error"_s, asJson(status.error()));
            object.insert(u"name"_s, daemon.name);
            object.insert(u"url"_s, daemon.url);
            all += object;
        } else {
            StatusPrinter(session).print(daemon, object);
        }
    }
    if (command.json)
        session.terminal.out(QString::fromUtf8(QJsonDocument(QJsonObject{{u"daemons"_s, all}}).toJson()));
    return exitCode;
}

} // namespace

int runStatus(const StatusCommand &command, Session &session)
{
    const auto everything = [&] {
        const int exitCode = printOnce(command, session);
        if (command.all && !command.json) {
            session.terminal.outLine();
            runOverview({.what = OverviewCommand::What::Repos, .repo = {}}, session);
        }
        return exitCode;
    };
    int exitCode = ExitDone;
    do {
        if (command.watch && session.terminal.outIsTerminal())
            session.terminal.out(u"\x1b[H\x1b[2J"_s);
        exitCode = everything();
        for (int i = 0; command.watch && i < 40 && !session.cancel.isCancelled(); ++i)
            session.clock.sleepFor(std::chrono::milliseconds(50));
    } while (command.watch && !session.cancel.isCancelled());
    return exitCode;
}

} // namespace AutoCommit
