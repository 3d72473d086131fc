#pragma once

#include "tray/icon/notesink.h"
#include "tray/model/daemonactions.h"
#include "tray/model/localagent.h"
#include "tray/model/notifier.h"
#include "tray/model/statewords.h"

#include <QMenu>
#include <QSystemTrayIcon>
#include <QTimer>

namespace AutoCommit {

enum class WindowPage;

/// The icon and its menu. Shows itself also when no tray is there yet: one may come.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    /// `agent` may be null: this machine's checkouts are then not looked after by this program, and the menu says so.
    TrayIcon(DaemonModel &daemon, DaemonActions &actions, Notifier &notifier, LocalAgent *agent,
             QObject *parent = nullptr);

    void show();
    void setAgent(LocalAgent *agent); ///< may be null; the one before is not looked at any more
    QMenu &menu() { return m_menu; }
    QSystemTrayIcon &icon() { return m_icon; }

Q_SIGNALS:
    void windowWanted(AutoCommit::WindowPage page);
    void commitWanted(const QString &repo);
    void guideWanted();
    void quitWanted();

private:
    void buildMenu();
    void connectNotes(Notifier &notifier);
    void update();
    void fillLocal();
    void fillRecent();
    void fillErrors();
    void activated(QSystemTrayIcon::ActivationReason reason);

    DaemonModel &m_daemon;
    DaemonActions &m_actions;
    LocalAgent *m_agent = nullptr;
    QSystemTrayIcon m_icon;
    std::unique_ptr<NoteSink> m_notes;
    QMenu m_menu;
    QMenu *m_local = nullptr; ///< the repositories of this machine's agent
    QStringList m_localLines;
    QMenu *m_recent = nullptr;
    QMenu *m_errors = nullptr;
    QMenu *m_pause = nullptr;
    QAction *m_state = nullptr;
    QAction *m_sync = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_agentLine = nullptr;
    StateSummary m_shown;
    bool m_drawn = false;
    QTimer m_ages;
};

} // namespace AutoCommit
