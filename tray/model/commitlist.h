#pragma once

#include "tray/model/commitrows.h"
#include "tray/model/daemonmodel.h"

#include <QAbstractTableModel>

#include <optional>

namespace AutoCommit {

/// The history, newest first: one page at a time as the view asks for more, and new commits on top as they happen.
/// A row holds what the list shows and no more, because there may be 100 000; fetchWhole() has the rest.
class CommitList : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Subject, Repository, When, Hub, ColumnCount };
    enum Role { ShaRole = Qt::UserRole, SourceRole, PushedRole };

    explicit CommitList(DaemonModel &daemon, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

    void activate(); ///< loads the first page when that has not been done
    void setRepo(const QString &id); ///< only that repository; empty: all
    QString repo() const { return m_repo; }
    std::optional<ApiCommit> at(int row) const; ///< without body, paths, parent, origin and address
    /// The commit with its body, paths and address; nothing is answered when the daemon does not know it any more.
    void fetchWhole(const ApiCommit &row, QObject *context, std::function<void(const ApiCommit &)> answer);
    bool isLoading() const { return m_loading; }
    QString error() const { return m_error; } ///< of the last page that was asked for
    void refreshAges();

    /// A body whose paragraphs were wrapped for a terminal, without those line ends; lists and code stay as they are.
    static QString flowed(const QString &body);
    static QString sourceText(const ApiCommit &commit); ///< "written by ministral-3b-instruct"

Q_SIGNALS:
    void loadingChanged();

private:
    void restart();
    void loadPage();
    void take(const Result<QJsonObject> &answer);
    void insertLive(const ApiCommit &commit);
    bool updateRow(const ApiCommit &commit); ///< false: it is not shown
    void lookForPushed(int repo);

    DaemonModel &m_daemon;
    CommitRows m_commits;
    QHash<QString, QDateTime> m_pushedAt; ///< of repositories, as it was when their commits were last asked for
    QString m_repo;
    QString m_next;
    QString m_error;
    bool m_active = false;
    bool m_started = false;
    bool m_loading = false;
    int m_epoch = 0;
};

} // namespace AutoCommit
