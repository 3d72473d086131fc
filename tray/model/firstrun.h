#pragma once

#include "core/base/result.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <functional>

namespace AutoCommit {

/// One checkout as a dry run sees it.
struct PlannedRepo
{
    QString path{};
    QString branch{};
    QString state{}; ///< clean, planned, skipped, failed
    QString reason{};
    QStringList subjects{}; ///< of the commits that would be made
    int excluded = 0;
    bool hasHub = false;
};

/// What the guide needs done. Answers come once, later, in the caller's thread, and not after `context` is gone.
class FirstRunCommands
{
public:
    virtual ~FirstRunCommands() = default;

    /// Looks for checkouts below the folders and plans their commits. Changes nothing.
    virtual void preview(const QStringList &folders, QObject *context,
                         std::function<void(const Result<QList<PlannedRepo>> &)> answer)
        = 0;
    /// Starts a daemon for the folders.
    virtual void start(const QStringList &folders, QObject *context, std::function<void(const Status &)> answer) = 0;
};

/// The guided start: folders, what is in them, what would be committed, go. The widgets show this and nothing else.
class FirstRun : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Repository, Branch, Plan, ColumnCount };
    enum Role { SubjectsRole = Qt::UserRole, StateRole };
    enum class Step { Folders, Looking, Preview, Starting, Done };

    explicit FirstRun(FirstRunCommands &commands, QObject *parent = nullptr);

    Step step() const { return m_step; }
    QStringList folders() const { return m_folders; }
    bool addFolder(const QString &folder); ///< false when it, or one above it, is there already
    void removeFolder(const QString &folder);
    QString summary() const; ///< "12 repositories, 5 with changes: 9 commits would be made. Nothing has been changed."
    QString error() const { return m_error; }

    void look(); ///< Folders -> Looking -> Preview
    void start(); ///< Preview -> Starting -> Done
    void back(); ///< Preview -> Folders

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void changed();

private:
    void go(Step step);
    QString plan(const PlannedRepo &repo) const;

    FirstRunCommands &m_commands;
    Step m_step = Step::Folders;
    QStringList m_folders;
    QList<PlannedRepo> m_repos;
    QString m_error;
};

} // namespace AutoCommit
