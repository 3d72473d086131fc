#include "app/commands.h"
#include "app/daemonlink.h"
#include "app/format.h"
#include "core/privacy/secretscanner.h"
#include "core/service/recorder.h"
#include "core/store/store.h"

#include <QJsonDocument>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The history holds it, so that it is there when a daemon starts; one that runs is told.
class Pausing
{
public:
    Pausing(const PauseCommand &command, const QString &repo, std::optional<std::chrono::seconds> span,
            const Session &session)
        : m_command(command)
        , m_repo(repo)
        , m_span(span)
        , m_session(session)
    { }

    Status tell(const DaemonEntry &daemon, const DaemonLink &link) const
    {
        QJsonObject body;
        if (!m_command.resume) {
            body.insert(u"reason"_s, m_command.reason);
            if (m_span)
                body.insert(u"seconds"_s, static_cast<qint64>(m_span->count()));
        }
        const QByteArray verb = m_command.resume ? "/resume" : "/pause";
        const QByteArray path = m_repo.isEmpty() ? verb : "/repos/" + m_repo.toLatin1() + verb;
        AC_TRY(link.ask(daemon, {.method = "POST", .path = path, .body = body}));
        return {};
    }

    Status write() const
    {
        const StoreOptions options = historyOptions(m_session.paths, m_session.loaded.settings);
        Store store(options, m_session.clock);
        AC_TRY(store.open());
        if (m_command.resume)
            return store.resume(options.host, m_repo);
        const Timestamp now = wallTime(m_session.clock);
        return store.pause({.host = options.host,
                            .repo = m_repo,
                            .reason = SecretScanner().redact(m_command.reason.toUtf8()).text(),
                            .by = u"command line"_s,
                            .since = now,
                            .until = m_span ? std::optional<Timestamp>(now + *m_span) : std::nullopt});
    }

    /// First the history: every daemon reads it before it starts a run. Then each is told, so that it shows at once.
    Status carryOut() const
    {
        AC_TRY(write());
        const DaemonLink link(m_session);
        AC_ASSIGN(const QList<DaemonEntry> daemons, link.running());
        for (const DaemonEntry &daemon : daemons) {
            const Status told = daemon.remote.isEmpty() ? tell(daemon, link) : Status();
            const bool notItsOwn = !told && !m_repo.isEmpty() && told.error().kind == ErrorKind::Usage;
            if (!told && !notItsOwn)
                m_session.terminal.errLine(
                    u"daemon \"%1\" could not be told (%2); it reads the history before its next run"_s.arg(
                        daemon.name, told.error().message));
        }
        return {};
    }

private:
    const PauseCommand &m_command;
    const QString m_repo;
    const std::optional<std::chrono::seconds> m_span;
    const Session &m_session;
};

} // namespace

int runPause(const PauseCommand &command, Session &session)
{
    QString repo;
    if (!command.repo.isEmpty()) {
        const Result<NamedRepo> named = namedRepo(command.repo, session);
        if (!named)
            return reportError(session.terminal, named.error());
        repo = named->id;
    }
    const auto span = parseSpan(command.span);
    if (!command.span.isEmpty() && (!span || span->count() == 0))
        return reportError(session.terminal,
                           {ErrorKind::Usage, u"--for takes 15m, 2h or 1d, not \"%1\""_s.arg(command.span)});
    const Status done = Pausing(command, repo, span, session).carryOut();
    if (!done)
        return reportError(session.terminal, done.error());
    const QString what = repo.isEmpty() ? u"everything"_s : command.repo;
    if (command.json)
        session.terminal.out(
            QString::fromUtf8(QJsonDocument(QJsonObject{{u"paused"_s, !command.resume}, {u"repo"_s, repo}}).toJson()));
    else if (command.resume)
        session.terminal.outLine(u"%1 goes on"_s.arg(what));
    else
        session.terminal.outLine(
            u"%1 is paused %2"_s.arg(what, span ? u"for "_s + spanText(*span) : u"until `commits resume`"_s));
    return ExitDone;
}

} // namespace AutoCommit
