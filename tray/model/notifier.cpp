#include "tray/model/notifier.h"

#include "tray/model/problemwords.h"
#include "tray/model/statewords.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

const QString linkCause = u"link"_s;
const QString wellCause = u"well"_s;

QString sentenceOf(const DaemonModel &daemon)
{
    return StateWords::summarise(daemon.picture(), QDateTime::currentDateTimeUtc()).sentence;
}

} // namespace

Notifier::Notifier(DaemonModel &daemon, TrayMemory &memory, QObject *parent)
    : QObject(parent)
    , m_daemon(daemon)
    , m_memory(memory)
{
    m_away.setSingleShot(true);
    m_away.setInterval(60s);
    connect(&m_away, &QTimer::timeout, this, &Notifier::sayAway);
    connect(&daemon, &DaemonModel::problemsChanged, this, &Notifier::lookAtProblems);
    connect(&daemon, &DaemonModel::changed, this, &Notifier::lookAtLink);
}

bool Notifier::isQuiet() const
{
    return m_memory.isQuiet() || (m_isInhibited && m_isInhibited());
}

void Notifier::lookAgain()
{
    lookAtLink();
    lookAtProblems();
}

void Notifier::sayAway()
{
    if (isQuiet())
        return;
    m_saidAway = true;
    Q_EMIT note({NoteLevel::Warning, linkCause, tr("The daemon does not answer"), sentenceOf(m_daemon), {}});
}

void Notifier::lookAtLink()
{
    const bool away = m_daemon.picture().link == LinkState::Offline && m_daemon.picture().loaded;
    if (away && !m_away.isActive() && !m_saidAway) {
        m_away.start();
    } else if (m_daemon.picture().link == LinkState::Online) {
        m_away.stop();
        if (m_saidAway && !isQuiet()) {
            m_saidAway = false;
            Q_EMIT note({NoteLevel::Good, linkCause, tr("The daemon is back"), sentenceOf(m_daemon), {}});
        }
    }
}

/// What this machine's agent meets is nobody else's: each is said by its repository, whatever the daemon has.
void Notifier::lookAtLocal()
{
    QSet<QString> standing;
    QList<ApiProblem> fresh;
    for (const ApiProblem &problem : m_daemon.picture().local.problems) {
        if (m_memory.isMuted(problem.kind))
            continue;
        if (!m_toldLocal.contains(problem.id))
            fresh += problem;
        standing.insert(problem.id);
    }
    if (isQuiet()) { // neither said nor forgotten
        m_toldLocal.intersect(standing);
        return;
    }
    m_toldLocal = standing;
    for (const ApiProblem &problem : std::as_const(fresh))
        Q_EMIT note({NoteLevel::Warning,
                     problem.id,
                     ProblemWords::title(problem.kind),
                     tr("%1 on this machine: %2").arg(problem.name, problem.message),
                     {{NoteAction::retry(), tr("Try again")}, {NoteAction::mute(), tr("Mute this")}}});
}

void Notifier::actLocally(const QString &action, const QString &problem)
{
    const QList<ApiProblem> &all = m_daemon.picture().local.problems;
    const auto at = std::ranges::find(all, problem, &ApiProblem::id);
    if (action == NoteAction::retry())
        Q_EMIT retryWanted({problem});
    else if (action == NoteAction::mute() && at != all.cend())
        m_memory.setMuted(at->kind, true);
    else if (action != NoteAction::mute())
        Q_EMIT openWanted(true);
}

void Notifier::lookAtProblems()
{
    lookAtLocal();
    QSet<QString> standing;
    QStringList fresh;
    for (const ApiProblem &problem : m_daemon.picture().problems) {
        if (m_memory.isMuted(problem.kind))
            continue;
        if (!m_told.contains(problem.kind) && !fresh.contains(problem.kind))
            fresh += problem.kind;
        standing.insert(problem.kind);
    }
    if (isQuiet()) { // neither said nor forgotten
        m_told.intersect(standing);
        return;
    }
    const bool allGone = standing.isEmpty() && !m_told.isEmpty();
    m_told = standing;
    if (m_daemon.picture().status.pause)
        return;
    for (const QString &kind : std::as_const(fresh))
        announce(kind);
    if (fresh.isEmpty() && allGone && m_daemon.picture().allProblems().isEmpty() && m_daemon.picture().loaded)
        Q_EMIT note({NoteLevel::Good, wellCause, tr("All is well again"), tr("Nothing needs you any more."), {}});
}

void Notifier::announce(const QString &kind)
{
    QStringList names;
    QString message;
    for (const ApiProblem &problem : m_daemon.picture().problems) {
        if (problem.kind != kind)
            continue;
        names += problem.name;
        message = problem.message;
    }
    const auto count = static_cast<int>(names.size());
    const QString where = count == 1 ? names.first() : tr("%n repositories", nullptr, count);
    Q_EMIT note({NoteLevel::Warning,
                 kind,
                 ProblemWords::title(kind),
                 where + u": "_s + message,
                 {{NoteAction::retry(), tr("Try again")}, {NoteAction::mute(), tr("Mute this")}}});
}

void Notifier::act(const QString &action, const QString &cause)
{
    if (LocalPicture::owns(cause)) {
        actLocally(action, cause);
    } else if (action == NoteAction::mute()) {
        m_memory.setMuted(cause, true);
    } else if (action == NoteAction::retry()) {
        QStringList repos;
        for (const ApiProblem &problem : m_daemon.picture().problems)
            if (problem.kind == cause && !problem.repo.isEmpty() && !repos.contains(problem.repo))
                repos += problem.repo;
        Q_EMIT retryWanted(repos);
    } else {
        Q_EMIT openWanted(cause != linkCause && cause != wellCause);
    }
}

} // namespace AutoCommit
