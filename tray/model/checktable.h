#pragma once

#include "core/api/apisettings.h"

#include <QAbstractTableModel>

namespace AutoCommit {

/// What `commits doctor` found, for people who set this up: the hubs and the models first, then only what is wrong, and
/// the same trouble in many repositories once.
class CheckTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { What, Found, ColumnCount };
    enum Role { StateRole = Qt::UserRole, AdviceRole };

    using QAbstractTableModel::QAbstractTableModel;

    void setChecks(const QList<ApiCheck> &checks);
    void clear();
    bool hasFailure() const;
    QString summary() const;

    /// The condensed rows; `repo` of a row holds the names, joined. Pure.
    static QList<ApiCheck> condensed(const QList<ApiCheck> &checks);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<ApiCheck> m_rows;
};

} // namespace AutoCommit
