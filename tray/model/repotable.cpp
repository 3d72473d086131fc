#include "tray/model/repotable.h"

#include "tray/model/statewords.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

QDateTime nowOf(const DaemonModel &daemon, const ApiRepo &repo)
{
    const QDateTime here = QDateTime::currentDateTimeUtc();
    return LocalPicture::owns(repo.id) ? here : daemon.picture().daemonNow(here);
}

int urgencyOf(RepoBadge badge)
{
    switch (badge) {
    case RepoBadge::Trouble:
        return 0;
    case RepoBadge::Unpushed:
        return 1;
    case RepoBadge::Working:
        return 2;
    case RepoBadge::Skipped:
        return 3;
    case RepoBadge::Paused:
        return 4;
    default:
        return 5;
    }
}

} // namespace

RepoTable::RepoTable(DaemonModel &daemon, QObject *parent)
    : QAbstractTableModel(parent)
    , m_daemon(daemon)
{
    connect(&daemon, &DaemonModel::reposAboutToReset, this, &RepoTable::beginResetModel);
    connect(&daemon, &DaemonModel::reposReset, this, &RepoTable::endResetModel);
    connect(&daemon, &DaemonModel::repoChanged, this,
            [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); });
    connect(&daemon, &DaemonModel::changed, this, [this] {
        if (m_link != m_daemon.picture().link) // nothing is proven while the daemon is away
            refreshAges();
        m_link = m_daemon.picture().link;
    });
    connect(&daemon, &DaemonModel::hostsChanged, this, [this] {
        m_parity.clear();
        const QList<ApiParity> &parity = m_daemon.picture().parity;
        for (int i = 0; i < parity.size(); ++i)
            for (const ApiHead &head : parity.at(i).hosts)
                m_parity.insert({head.host, head.repo}, i);
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, Hosts), index(rowCount() - 1, Hosts));
    });
}

int RepoTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_daemon.picture().repoCount());
}

int RepoTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RepoTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Repository");
    case State:
        return tr("State");
    case Branch:
        return tr("Branch");
    case Hosts:
        return tr("On the hosts");
    case LastCommit:
        return tr("Last commit");
    case Checked:
        return tr("Checked");
    default:
        return {};
    }
}

void RepoTable::refreshAges()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, State), index(rowCount() - 1, Checked), {Qt::DisplayRole, BadgeRole});
}

QVariant RepoTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ApiRepo &repo = m_daemon.picture().repoAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(repo, index.column());
    case Qt::ToolTipRole:
        return index.column() == Name ? u"%1\n%2"_s.arg(repo.path, repo.origin) : RepoWords::explanation(repo);
    case Qt::AccessibleTextRole:
        return u"%1, %2"_s.arg(text(repo, index.column()),
                               headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString());
    case IdRole:
        return repo.id;
    case BadgeRole:
        return static_cast<int>(badgeOf(repo));
    case SortRole:
        return sortKey(repo, index.column());
    case ExplanationRole:
        return RepoWords::explanation(repo);
    case SearchRole:
        return QString(repo.name + u' ' + repo.path + u' ' + repo.branch + u' ' + repo.origin);
    case MismatchRole: {
        const ApiParity *parity = parityOf(repo);
        return parity && (parity->state == u"branch-mismatch"_s || parity->state == u"diverged"_s);
    }
    default:
        return {};
    }
}

RepoBadge RepoTable::badgeOf(const ApiRepo &repo) const
{
    const RepoBadge badge = RepoWords::badge(repo);
    if (LocalPicture::owns(repo.id)) {
        if (badge != RepoBadge::Trouble && m_daemon.picture().local.isPaused(QDateTime::currentDateTimeUtc()))
            return RepoBadge::Paused;
        return badge; // looked at by this very program
    }
    const bool proven = StateWords::isFresh(m_daemon.picture(), repo.lookedAt, QDateTime::currentDateTimeUtc());
    return badge == RepoBadge::Safe && !proven ? RepoBadge::Stale : badge;
}

QString RepoTable::text(const ApiRepo &repo, int column) const
{
    switch (column) {
    case Name:
        return LocalPicture::owns(repo.id) ? tr("%1 (this machine)").arg(repo.name) : repo.name;
    case State:
        if (badgeOf(repo) == RepoBadge::Paused)
            return tr("Paused");
        return badgeOf(repo) == RepoBadge::Stale ? tr("Was safe") : RepoWords::label(repo);
    case Branch: {
        QString branch = repo.branch.isEmpty() ? tr("(no branch)") : repo.branch;
        if (repo.ahead > 0)
            branch += u"  ↑%1"_s.arg(repo.ahead);
        if (repo.behind > 0)
            branch += u"  ↓%1"_s.arg(repo.behind);
        return branch;
    }
    case Hosts:
        return hostsText(repo);
    case LastCommit:
        return StateWords::age(repo.committedAt, nowOf(m_daemon, repo));
    case Checked:
        return repo.lookedAt.isValid() ? StateWords::age(repo.lookedAt, nowOf(m_daemon, repo)) : tr("never");
    default:
        return {};
    }
}

QVariant RepoTable::sortKey(const ApiRepo &repo, int column) const
{
    switch (column) {
    case State:
        return urgencyOf(badgeOf(repo));
    case LastCommit:
        return -repo.committedAt.toMSecsSinceEpoch();
    case Checked:
        return -repo.lookedAt.toMSecsSinceEpoch();
    default:
        return text(repo, column).toCaseFolded();
    }
}

const ApiParity *RepoTable::parityOf(const ApiRepo &repo) const
{
    const int at = m_parity.value({repo.host, repo.id}, -1);
    return at < 0 || at >= m_daemon.picture().parity.size() ? nullptr : &m_daemon.picture().parity.at(at);
}

QString RepoTable::hostsText(const ApiRepo &repo) const
{
    const ApiParity *parity = parityOf(repo);
    if (!parity || parity->hosts.isEmpty())
        return repo.host;
    const auto &heads = parity->hosts;
    const bool oneBranch
        = std::ranges::all_of(heads, [&](const ApiHead &h) { return h.branch == heads.first().branch; });
    QStringList parts;
    QHash<QString, int> times; // a host may have several checkouts of one repository
    for (const ApiHead &head : heads) {
        const QString part = oneBranch ? head.host : u"%1: %2"_s.arg(head.host, head.branch);
        if (++times[part] == 1)
            parts += part;
    }
    for (QString &part : parts)
        if (const int count = times.value(part); count > 1)
            part += u" ×%1"_s.arg(count);
    return parts.join(u" · "_s);
}

RepoFilter::RepoFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RepoTable::SortRole);
    setDynamicSortFilter(true);
}

void RepoFilter::setWords(const QString &words)
{
    m_words = words.toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void RepoFilter::setShow(Show show)
{
    m_show = show;
    invalidateFilter();
}

bool RepoFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    const auto badge = static_cast<RepoBadge>(index.data(RepoTable::BadgeRole).toInt());
    const bool shown = m_show == Show::All
        || (m_show == Show::Attention && (badge == RepoBadge::Trouble || index.data(RepoTable::MismatchRole).toBool()))
        || (m_show == Show::Unpushed && badge == RepoBadge::Unpushed)
        || (m_show == Show::Paused && badge == RepoBadge::Paused);
    if (!shown || m_words.isEmpty())
        return shown;
    const QString text = index.data(RepoTable::SearchRole).toString().toCaseFolded();
    return std::ranges::all_of(m_words, [&](const QString &word) { return text.contains(word); });
}

} // namespace AutoCommit
