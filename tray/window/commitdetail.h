#pragma once

#include "core/api/apihistory.h"
#include "tray/model/daemonactions.h"
#include "tray/model/diffsource.h"

#include <QFrame>

class QLabel;
class QListWidget;
class QPushButton;

namespace AutoCommit {

class DiffView;

/// One commit: message, where it came from, its files, its diff, and what can be done with it.
class CommitDetail : public QFrame
{
    Q_OBJECT

public:
    CommitDetail(DaemonModel &daemon, DaemonActions &actions, DiffSource &diffs, QWidget *parent = nullptr);

    /// nullptr: an invitation to choose one. Not whole: a row of the list, without body, paths and address.
    void show(const ApiCommit *commit, bool isWhole);
    bool isWhole() const { return m_isWhole; }

private:
    void fill();
    void askForDiff();
    void askForUndo();
    void updateUndo();
    QWidget *makeHeader();

    DaemonModel &m_daemon;
    DaemonActions &m_actions;
    DiffSource &m_diffs;
    ApiCommit m_commit;
    bool m_isWhole = false;
    QLabel *m_subject;
    QLabel *m_meta;
    QLabel *m_body;
    QPushButton *m_copy;
    QPushButton *m_open;
    QPushButton *m_undo;
    QListWidget *m_files;
    DiffView *m_diff;
};

} // namespace AutoCommit
