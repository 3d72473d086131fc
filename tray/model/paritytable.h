#pragma once

#include "tray/model/daemonmodel.h"

#include <QAbstractTableModel>

namespace AutoCommit {

/// Repository by host: which branch and commit each host has, how far it is from the hub, and how old that report is.
/// Rows that do not fit together come first.
class ParityTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Repository, State, FirstHost };
    enum Role { StateRole = Qt::UserRole, NoteRole, BadRole };

    explicit ParityTable(DaemonModel &daemon, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    void refreshAges(); ///< the texts that grow older by themselves
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static QString stateText(const QString &state);

private:
    void rebuild();
    QString headText(const ApiParity &row, const QString &host) const;

    DaemonModel &m_daemon;
    QStringList m_hosts;
    QList<ApiParity> m_rows;
};

} // namespace AutoCommit
