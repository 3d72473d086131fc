#pragma once

#include "tray/model/daemonmodel.h"
#include "tray/model/repowords.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace AutoCommit {

/// The repositories of a daemon as rows; what changes there changes here, one row at a time.
class RepoTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, State, Branch, Hosts, LastCommit, Checked, ColumnCount };
    enum Role { IdRole = Qt::UserRole, BadgeRole, SortRole, ExplanationRole, SearchRole, MismatchRole };

    explicit RepoTable(DaemonModel &daemon, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void refreshAges(); ///< the texts that grow older by themselves

private:
    RepoBadge badgeOf(const ApiRepo &repo) const;
    QString text(const ApiRepo &repo, int column) const;
    QVariant sortKey(const ApiRepo &repo, int column) const;
    const ApiParity *parityOf(const ApiRepo &repo) const;
    QString hostsText(const ApiRepo &repo) const;

    DaemonModel &m_daemon;
    LinkState m_link = LinkState::Connecting;
    /// Host and repository -> place in the picture's parity. Not by origin: the daemon knows which hubs are one.
    QHash<std::pair<QString, QString>, int> m_parity;
};

/// Which repositories are shown: by words, and by what needs attention.
class RepoFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Show { All, Attention, Unpushed, Paused };

    explicit RepoFilter(QObject *parent = nullptr);
    void setWords(const QString &words); ///< all of them have to occur, in any order
    void setShow(Show show);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
    Show m_show = Show::All;
};

} // namespace AutoCommit
