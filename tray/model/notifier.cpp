#include "tray/model/notifier.h"

#include "tray/model/problemwords.h"
#include "tray/model/statewords.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace std::chrono_literals;

} // namespace

Notifier::Notifier(DaemonModel &daemon, const TrayMemory &memory, QObject *parent)
    : QObject(parent)
    , m_daemon(daemon)
    , m_memory(memory)
{
    m_away.setSingleShot(true);
    m_away.setInterval(60s);
    connect(&m_away, &QTimer::timeout, this, [this] {
        m_saidAway = true;
        Q_EMIT note({NoteLevel::Warning, tr("The daemon does not answer"),
                     StateWords::summarise(m_daemon.picture(), QDateTime::currentDateTimeUtc()).sentence});
    });
    connect(&daemon, &DaemonModel::problemsChanged, this, &Notifier::lookAtProblems);
    connect(&daemon, &DaemonModel::changed, this, &Notifier::lookAtLink);
}

void Notifier::lookAtLink()
{
    const bool away = m_daemon.picture().link == LinkState::Offline && m_daemon.picture().loaded;
    if (away && !m_away.isActive() && !m_saidAway) {
        m_away.start();
    } else if (m_daemon.picture().link == LinkState::Online) {
        m_away.stop();
        if (std::exchange(m_saidAway, false))
            Q_EMIT note({NoteLevel::Good, tr("The daemon is back"),
                         StateWords::summarise(m_daemon.picture(), QDateTime::currentDateTimeUtc()).sentence});
    }
}

void Notifier::lookAtProblems()
{
    QSet<QString> standing;
    QStringList fresh;
    for (const ApiProblem &problem : m_daemon.picture().problems) {
        if (m_memory.isMuted(problem.kind))
            continue;
        if (!m_told.contains(problem.kind) && !fresh.contains(problem.kind))
            fresh += problem.kind;
        standing.insert(problem.kind);
    }
    const bool allGone = standing.isEmpty() && !m_told.isEmpty();
    m_told = standing;
    if (m_daemon.picture().status.pause)
        return;
    if (!fresh.isEmpty())
        announce(fresh);
    else if (allGone && m_daemon.picture().problems.isEmpty() && m_daemon.picture().loaded)
        Q_EMIT note({NoteLevel::Good, tr("All is well again"), tr("Nothing needs you any more.")});
}

void Notifier::announce(const QStringList &kinds)
{
    for (const QString &kind : kinds) {
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
        Q_EMIT note({NoteLevel::Warning, ProblemWords::title(kind), where + QStringLiteral(": ") + message});
    }
}

} // namespace AutoCommit
