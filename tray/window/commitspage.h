#pragma once

#include "tray/model/commitlist.h"
#include "tray/model/daemonactions.h"
#include "tray/model/diffsource.h"
#include "tray/model/traymemory.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSplitter;
class QTreeView;

namespace AutoCommit {

class CommitDetail;
class EmptyHint;

/// The history: a list that loads as it is scrolled, and the chosen commit beside it.
class CommitsPage : public QWidget
{
    Q_OBJECT

public:
    CommitsPage(DaemonModel &daemon, DaemonActions &actions, DiffSource &diffs, TrayMemory &memory,
                QWidget *parent = nullptr);
    ~CommitsPage() override;

    void showRepo(const QString &id);
    void refreshAges() { m_list.refreshAges(); }
    void select(int row);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void updateBar();
    void showDetail();

    DaemonModel &m_daemon;
    TrayMemory &m_memory;
    CommitList m_list;
    QLabel *m_what;
    QPushButton *m_all;
    QTreeView *m_view;
    CommitDetail *m_detail;
    QSplitter *m_splitter;
    EmptyHint *m_hint;
};

} // namespace AutoCommit
