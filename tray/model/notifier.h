#pragma once

#include "tray/model/daemonmodel.h"
#include "tray/model/traymemory.h"
#include "tray/model/traynote.h"

#include <QSet>

namespace AutoCommit {

/// Says something only when the state changes: once per cause when it appears (per repository on this machine), once
/// when the last one is gone, once when the daemon has been away for a minute and once when it is back. A cause that
/// was muted says nothing, and nothing is said while everything is paused. While the user wants quiet, or presents,
/// nothing is said either; what still stands afterwards is said then.
class Notifier : public QObject
{
    Q_OBJECT

public:
    Notifier(DaemonModel &daemon, TrayMemory &memory, QObject *parent = nullptr);

    void setPatience(std::chrono::milliseconds patience) { m_away.setInterval(patience); }
    /// Whether the desktop says that the user is not to be disturbed; asked before each note.
    void setInhibited(std::function<bool()> isInhibited) { m_isInhibited = std::move(isInhibited); }
    void lookAgain(); ///< quiet has ended, perhaps

    /// What the user chose on a note about `cause`.
    void act(const QString &action, const QString &cause);

Q_SIGNALS:
    void note(const AutoCommit::TrayNote &note);
    void openWanted(bool errors); ///< the window: at what is wrong, or as it was
    void retryWanted(const QStringList &repos);

private:
    bool isQuiet() const;
    void lookAtProblems();
    void lookAtLink();
    void sayAway();
    void announce(const QString &kind);
    void lookAtLocal();
    void actLocally(const QString &action, const QString &problem);

    DaemonModel &m_daemon;
    TrayMemory &m_memory;
    std::function<bool()> m_isInhibited;
    QSet<QString> m_toldLocal; ///< ids of this machine's own problems that stand and were said
    QSet<QString> m_told; ///< causes that stand and were said
    QTimer m_away;
    bool m_saidAway = false;
};

} // namespace AutoCommit
