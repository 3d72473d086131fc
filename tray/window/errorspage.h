#pragma once

#include "tray/model/daemonactions.h"
#include "tray/model/problemtree.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTreeView;

namespace AutoCommit {

class EmptyHint;

/// What needs the user: causes on the left, on the right what happened, what to do, and buttons that do it.
class ErrorsPage : public QWidget
{
    Q_OBJECT

public:
    ErrorsPage(DaemonModel &daemon, DaemonActions &actions, TrayMemory &memory, QWidget *parent = nullptr);

private:
    void showCurrent();
    void updateHint();
    void keepSelection();
    QWidget *makeDetail();

    DaemonModel &m_daemon;
    DaemonActions &m_actions;
    ProblemTree m_tree;
    QTreeView *m_view;
    EmptyHint *m_hint;
    QLabel *m_title;
    QLabel *m_where;
    QLabel *m_message;
    QLabel *m_advice;
    QPushButton *m_retry;
    QPushButton *m_resolve;
    QPushButton *m_mute;
    QWidget *m_detail; ///< holds the seven above
};

} // namespace AutoCommit
