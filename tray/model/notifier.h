#pragma once

#include "tray/model/daemonmodel.h"
#include "tray/model/traymemory.h"

#include <QSet>

namespace AutoCommit {

enum class NoteLevel { Good, Warning };

struct TrayNote
{
    NoteLevel level = NoteLevel::Good;
    QString title{};
    QString text{};
};

/// Says something only when the state changes: once per cause when it appears, once when the last one is gone, once
/// when the daemon has been away for a minute and once when it is back. A cause that was muted says nothing, and
/// nothing is said while everything is paused.
class Notifier : public QObject
{
    Q_OBJECT

public:
    Notifier(DaemonModel &daemon, const TrayMemory &memory, QObject *parent = nullptr);

    void setPatience(std::chrono::milliseconds patience) { m_away.setInterval(patience); }

Q_SIGNALS:
    void note(const AutoCommit::TrayNote &note);

private:
    void lookAtProblems();
    void lookAtLink();
    void announce(const QStringList &kinds);

    DaemonModel &m_daemon;
    const TrayMemory &m_memory;
    QSet<QString> m_told; ///< causes that stand and were said
    QTimer m_away;
    bool m_saidAway = false;
};

} // namespace AutoCommit
