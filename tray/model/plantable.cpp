#include "tray/model/plantable.h"

#include <numeric>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

} // namespace

void PlanTable::setRepos(const QList<PlannedRepo> &repos)
{
    beginResetModel();
    m_repos = repos;
    endResetModel();
}

QStringList PlanTable::paths() const
{
    QStringList paths;
    for (const PlannedRepo &repo : m_repos)
        paths += repo.path;
    return paths;
}

QString PlanTable::summary() const
{
    const auto commits = [](int sum, const PlannedRepo &r) { return sum + static_cast<int>(r.subjects.size()); };
    const int planned = std::accumulate(m_repos.begin(), m_repos.end(), 0, commits);
    if (m_repos.isEmpty())
        return tr("There is no git repository in these folders.");
    const auto files = [](int sum, const PlannedRepo &r) { return sum + static_cast<int>(r.leftOut.size()); };
    const int left = std::accumulate(m_repos.begin(), m_repos.end(), 0, files);
    QStringList sentences{tr("%n repositories found.", nullptr, static_cast<int>(m_repos.size())),
                          tr("%n commits would be made now.", nullptr, planned)};
    if (left > 0)
        sentences += tr("%n files would be left out.", nullptr, left);
    return (sentences << tr("Nothing has been changed yet.")).join(u' ');
}

int PlanTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_repos.size());
}

int PlanTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PlanTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Repository ? tr("Repository") : section == Branch ? tr("Branch") : tr("What would happen");
}

QString PlanTable::plan(const PlannedRepo &repo)
{
    QStringList parts = repo.subjects;
    if (parts.isEmpty())
        parts += repo.state == u"clean"_s ? tr("nothing to commit") : repo.reason;
    if (repo.leftOut.size() == 1)
        parts += tr("left out: %1").arg(repo.leftOut.first());
    else if (!repo.leftOut.isEmpty())
        parts += tr("%n left out: %1", nullptr, static_cast<int>(repo.leftOut.size())).arg(repo.leftOut.join(u"; "_s));
    parts.removeAll(QString());
    return parts.join(u" · "_s);
}

/// Line by line, as many as a screen has room for.
QString PlanTable::details(const PlannedRepo &repo)
{
    constexpr qsizetype most = 25;
    QStringList lines = repo.subjects;
    for (const QString &left : repo.leftOut.mid(0, most))
        lines += tr("left out: %1").arg(left);
    if (repo.leftOut.size() > most)
        lines += tr("… and %n more left out", nullptr, static_cast<int>(repo.leftOut.size() - most));
    return lines.join(u'\n');
}

QVariant PlanTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const PlannedRepo &repo = m_repos.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Repository ? repo.path : index.column() == Branch ? repo.branch : plan(repo);
    case Qt::ToolTipRole:
        return index.column() == Plan ? details(repo) : repo.path;
    case SubjectsRole:
        return repo.subjects;
    case StateRole:
        return repo.state;
    default:
        return {};
    }
}

} // namespace AutoCommit
