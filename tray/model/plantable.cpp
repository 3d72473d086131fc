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
    return tr("%n repositories found.", nullptr, static_cast<int>(m_repos.size())) + u' '
        + tr("%n commits would be made now.", nullptr, planned) + u' ' + tr("Nothing has been changed yet.");
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
    if (!repo.subjects.isEmpty())
        return repo.subjects.join(u" · "_s);
    if (repo.state == u"clean"_s)
        return tr("nothing to commit");
    return repo.reason;
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
        return index.column() == Plan ? repo.subjects.join(u'\n') : repo.path;
    case SubjectsRole:
        return repo.subjects;
    case StateRole:
        return repo.state;
    default:
        return {};
    }
}

} // namespace AutoCommit
