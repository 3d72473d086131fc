#include "tray/model/firstrun.h"

#include <QDir>

#include <algorithm>
#include <numeric>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

bool isBelow(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

} // namespace

FirstRun::FirstRun(FirstRunCommands &commands, QObject *parent)
    : QAbstractTableModel(parent)
    , m_commands(commands)
{ }

void FirstRun::go(Step step)
{
    m_step = step;
    Q_EMIT changed();
}

bool FirstRun::addFolder(const QString &folder)
{
    const QString clean = QDir::cleanPath(folder);
    if (folder.isEmpty() || std::ranges::any_of(m_folders, [&](const QString &f) { return isBelow(clean, f); }))
        return false;
    m_folders.removeIf([&](const QString &known) { return isBelow(known, clean); });
    m_folders.append(clean);
    Q_EMIT changed();
    return true;
}

void FirstRun::removeFolder(const QString &folder)
{
    m_folders.removeAll(folder);
    Q_EMIT changed();
}

void FirstRun::look()
{
    m_error.clear();
    go(Step::Looking);
    m_commands.preview(m_folders, this, [this](const Result<QList<PlannedRepo>> &answer) {
        m_error = answer ? QString() : answer.error().message;
        beginResetModel();
        m_repos = answer ? *answer : QList<PlannedRepo>();
        endResetModel();
        go(answer ? Step::Preview : Step::Folders);
    });
}

void FirstRun::start()
{
    m_error.clear();
    go(Step::Starting);
    m_commands.start(m_folders, this, [this](const Status &answer) {
        m_error = answer ? QString() : answer.error().message;
        go(answer ? Step::Done : Step::Preview);
    });
}

void FirstRun::back()
{
    go(Step::Folders);
}

QString FirstRun::summary() const
{
    const auto commits = [](int sum, const PlannedRepo &r) { return sum + static_cast<int>(r.subjects.size()); };
    const int planned = std::accumulate(m_repos.begin(), m_repos.end(), 0, commits);
    if (m_repos.isEmpty())
        return tr("There is no git repository in these folders.");
    return tr("%n repositories found.", nullptr, static_cast<int>(m_repos.size())) + u' '
        + tr("%n commits would be made now.", nullptr, planned) + u' ' + tr("Nothing has been changed yet.");
}

int FirstRun::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_repos.size());
}

int FirstRun::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FirstRun::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Repository ? tr("Repository") : section == Branch ? tr("Branch") : tr("What would happen");
}

QString FirstRun::plan(const PlannedRepo &repo) const
{
    if (!repo.subjects.isEmpty())
        return repo.subjects.join(u" · "_s);
    if (repo.state == u"clean"_s)
        return tr("nothing to commit");
    return repo.reason;
}

QVariant FirstRun::data(const QModelIndex &index, int role) const
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
