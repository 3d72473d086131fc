#pragma once

#include "tray/model/daemonactions.h"
#include "tray/model/statewords.h"

#include <QFrame>

class QLabel;
class QMenu;
class QPushButton;

namespace AutoCommit {

/// The pause choices of banner and tray alike: 15 minutes, an hour, until tomorrow.
void addPauseActions(QMenu &menu, DaemonActions &actions);

/// The top of the window: the state as icon and sentence, and the two things most often done.
class Banner : public QFrame
{
    Q_OBJECT

public:
    Banner(DaemonModel &daemon, DaemonActions &actions, QWidget *parent = nullptr);

    void show(const StateSummary &summary);

private:
    DaemonModel &m_daemon;
    DaemonActions &m_actions;
    TrayState m_state = TrayState::Offline;
    bool m_drawn = false;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_sync;
    QPushButton *m_pause;
    QPushButton *m_resume;
    QPushButton *m_retry;
};

} // namespace AutoCommit
