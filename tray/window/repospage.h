#pragma once

#include "tray/model/daemonactions.h"
#include "tray/model/repotable.h"
#include "tray/model/traymemory.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTreeView;

namespace AutoCommit {

class EmptyHint;

/// The repositories: filter, state with the age of its evidence, and what can be done with one.
class ReposPage : public QWidget
{
    Q_OBJECT

public:
    ReposPage(DaemonModel &daemon, DaemonActions &actions, TrayMemory &memory, QWidget *parent = nullptr);

    void refreshAges();
    void showOnly(RepoFilter::Show show);

Q_SIGNALS:
    void commitsWanted(const QString &repo);

private:
    void showMenu(const QPoint &at);
    void explain(const QString &id);
    void updateHint();
    QString selectedId() const;

    DaemonModel &m_daemon;
    DaemonActions &m_actions;
    RepoTable m_table;
    RepoFilter m_filter;
    QLineEdit *m_words;
    QComboBox *m_show;
    QLabel *m_count;
    QTreeView *m_view;
    EmptyHint *m_hint;
};

} // namespace AutoCommit
