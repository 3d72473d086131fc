#pragma once

#include "tray/model/paritytable.h"
#include "tray/model/traymemory.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QTreeView;

namespace AutoCommit {

class EmptyHint;

/// The hosts and whether the same repository is at the same place on each of them.
class HostsPage : public QWidget
{
    Q_OBJECT

public:
    HostsPage(DaemonModel &daemon, TrayMemory &memory, QWidget *parent = nullptr);

    void refreshAges(); ///< the texts that grow older by themselves

private:
    void fillCards();
    QWidget *makeHostCard(const ApiHost &host);

    DaemonModel &m_daemon;
    ParityTable m_table;
    QHBoxLayout *m_cards;
    QList<std::pair<QLabel *, QDateTime>> m_seen; ///< on the cards
    QLabel *m_own;
    QTreeView *m_view;
    EmptyHint *m_hint;
};

} // namespace AutoCommit
