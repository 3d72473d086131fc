#pragma once

#include "tray/model/daemonmodel.h"
#include "tray/model/traymemory.h"

#include <QAbstractItemModel>

namespace AutoCommit {

/// What stands against the repositories, grouped by cause: a row for the cause, below it one per repository.
class ProblemTree : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { What, Where, Since, ColumnCount };
    enum Role { KindRole = Qt::UserRole, MessageRole, AdviceRole, RepoRole, ProblemRole, MutedRole, CountRole };

    ProblemTree(DaemonModel &daemon, TrayMemory &memory, QObject *parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    bool isMuted(const QString &kind) const { return m_memory.isMuted(kind); }
    void setMuted(const QString &kind, bool muted); ///< no notifications about this cause; it stays in the list
    QStringList reposOf(const QModelIndex &index) const; ///< ids of one, or of a cause's all
    QStringList problemsOf(const QModelIndex &index) const;

private:
    struct Cause
    {
        QString kind;
        QList<ApiProblem> problems;
    };

    void rebuild();
    void refreshMuted(const QString &kind);
    QVariant causeData(const Cause &cause, int column, int role) const;
    QVariant problemData(const ApiProblem &problem, int column, int role) const;

    DaemonModel &m_daemon;
    TrayMemory &m_memory;
    QList<Cause> m_causes;
};

} // namespace AutoCommit
