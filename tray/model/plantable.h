#pragma once

#include "tray/model/firstruncommands.h"

#include <QAbstractTableModel>

namespace AutoCommit {

/// The checkouts that were found, and what would be committed in each.
class PlanTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Repository, Branch, Plan, ColumnCount };
    enum Role { SubjectsRole = Qt::UserRole, StateRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setRepos(const QList<PlannedRepo> &repos);
    QStringList paths() const;
    QString summary() const; ///< "12 repositories found. 9 commits would be made now. Nothing has been changed yet."

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static QString plan(const PlannedRepo &repo);
    static QString details(const PlannedRepo &repo);

    QList<PlannedRepo> m_repos;
};

} // namespace AutoCommit
