#include "tray/model/paritytable.h"

#include "tray/model/statewords.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// 0 for what the user has to see first.
int urgency(const QString &state)
{
    static constexpr std::array order{"branch-mismatch"_L1, "diverged"_L1, "stale"_L1, "behind"_L1};
    const auto *at = std::ranges::find_if(order, [&](QLatin1StringView s) { return state == s; });
    return static_cast<int>(at - order.begin());
}

} // namespace

ParityTable::ParityTable(DaemonModel &daemon, QObject *parent)
    : QAbstractTableModel(parent)
    , m_daemon(daemon)
{
    connect(&daemon, &DaemonModel::hostsChanged, this, &ParityTable::rebuild);
    rebuild();
}

void ParityTable::rebuild()
{
    beginResetModel();
    m_rows = m_daemon.picture().parity;
    std::ranges::stable_sort(m_rows, [](const ApiParity &a, const ApiParity &b) {
        const int first = urgency(a.state);
        const int second = urgency(b.state);
        return first != second ? first < second : a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    });
    m_hosts.clear();
    for (const ApiHost &host : m_daemon.picture().hosts)
        m_hosts += host.name;
    for (const ApiParity &row : std::as_const(m_rows))
        for (const ApiHead &head : row.hosts)
            if (!m_hosts.contains(head.host))
                m_hosts += head.host;
    endResetModel();
}

void ParityTable::refreshAges()
{
    if (rowCount() > 0 && columnCount() > FirstHost)
        Q_EMIT dataChanged(index(0, FirstHost), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
}

int ParityTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ParityTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstHost + static_cast<int>(m_hosts.size());
}

QVariant ParityTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section < FirstHost)
        return section == Repository ? tr("Repository") : tr("Parity");
    return m_hosts.value(section - FirstHost);
}

QString ParityTable::stateText(const QString &state)
{
    if (state == u"same"_s)
        return tr("In step");
    if (state == u"behind"_s)
        return tr("One is behind");
    if (state == u"diverged"_s)
        return tr("Drifted apart");
    if (state == u"branch-mismatch"_s)
        return tr("Different branches");
    if (state == u"single"_s)
        return tr("On one host only");
    if (state == u"stale"_s)
        return tr("No recent report");
    return state;
}

QString ParityTable::headText(const ApiParity &row, const QString &host) const
{
    const auto head = std::ranges::find(row.hosts, host, &ApiHead::host);
    if (head == row.hosts.end())
        return u"–"_s;
    QString text = u"%1  %2"_s.arg(head->branch, head->head.left(7));
    if (head->ahead > 0)
        text += u"  ↑%1"_s.arg(head->ahead);
    if (head->behind > 0)
        text += u"  ↓%1"_s.arg(head->behind);
    const QDateTime now = m_daemon.picture().daemonNow(QDateTime::currentDateTimeUtc());
    return text + u"  ·  "_s + StateWords::age(head->reportedAt, now);
}

QVariant ParityTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ApiParity &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Repository ? row.name
            : index.column() == State       ? stateText(row.state)
                                            : headText(row, m_hosts.value(index.column() - FirstHost));
    case Qt::ToolTipRole:
        return row.note.isEmpty() ? row.origin : row.note;
    case StateRole:
        return row.state;
    case NoteRole:
        return row.note;
    case BadRole:
        return urgency(row.state) < 2;
    default:
        return {};
    }
}

} // namespace AutoCommit
