#include "tray/model/problemtree.h"

#include "tray/model/problemwords.h"
#include "tray/model/statewords.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr quintptr noParent = ~quintptr{0};

} // namespace

ProblemTree::ProblemTree(DaemonModel &daemon, TrayMemory &memory, QObject *parent)
    : QAbstractItemModel(parent)
    , m_daemon(daemon)
    , m_memory(memory)
{
    connect(&daemon, &DaemonModel::problemsChanged, this, &ProblemTree::rebuild);
    connect(&memory, &TrayMemory::mutedChanged, this, &ProblemTree::refreshMuted);
    rebuild();
}

void ProblemTree::rebuild()
{
    beginResetModel();
    m_causes.clear();
    const QList<ApiProblem> all = m_daemon.picture().allProblems();
    for (const ApiProblem &problem : all) {
        auto cause = std::ranges::find(m_causes, problem.kind, &Cause::kind);
        if (cause == m_causes.end())
            cause = m_causes.insert(m_causes.end(), {.kind = problem.kind, .problems = {}});
        cause->problems.append(problem);
    }
    std::ranges::stable_sort(m_causes, std::greater(), [](const Cause &c) { return c.problems.size(); });
    endResetModel();
}

QModelIndex ProblemTree::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) : noParent);
}

QModelIndex ProblemTree::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == noParent)
        return {};
    return createIndex(static_cast<int>(index.internalId()), 0, noParent);
}

int ProblemTree::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_causes.size());
    if (parent.internalId() != noParent || parent.column() > 0)
        return 0;
    return static_cast<int>(m_causes.at(parent.row()).problems.size());
}

int ProblemTree::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ProblemTree::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == What ? tr("What happened") : section == Where ? tr("Where") : tr("Since");
}

QVariant ProblemTree::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == noParent)
        return causeData(m_causes.at(index.row()), index.column(), role);
    const Cause &cause = m_causes.at(static_cast<qsizetype>(index.internalId()));
    return problemData(cause.problems.at(index.row()), index.column(), role);
}

QVariant ProblemTree::causeData(const Cause &cause, int column, int role) const
{
    const ApiProblem &first = cause.problems.first();
    const auto count = static_cast<int>(cause.problems.size());
    switch (role) {
    case Qt::DisplayRole:
        if (column == What)
            return isMuted(cause.kind) ? tr("%1 (muted)").arg(ProblemWords::title(cause.kind))
                                       : ProblemWords::title(cause.kind);
        if (column == Where)
            return count == 1 ? (LocalPicture::owns(first.id) ? tr("%1, this machine").arg(first.name) : first.name)
                              : tr("%n repositories", nullptr, count);
        return {};
    case Qt::ToolTipRole:
        return column == What ? ProblemWords::title(cause.kind) : QVariant();
    case KindRole:
        return cause.kind;
    case MessageRole:
        return first.message;
    case AdviceRole:
        return first.advice;
    case MutedRole:
        return isMuted(cause.kind);
    case CountRole:
        return count;
    default:
        return {};
    }
}

QVariant ProblemTree::problemData(const ApiProblem &problem, int column, int role) const
{
    const QDateTime here = QDateTime::currentDateTimeUtc();
    const QDateTime now = LocalPicture::owns(problem.id) ? here : m_daemon.picture().daemonNow(here);
    switch (role) {
    case Qt::DisplayRole:
        if (column == What)
            return problem.name;
        if (column == Where)
            return LocalPicture::owns(problem.id) ? tr("this machine") : problem.host;
        return StateWords::age(problem.firstSeen, now);
    case Qt::ToolTipRole:
        return problem.message;
    case KindRole:
        return problem.kind;
    case MessageRole:
        return problem.message;
    case AdviceRole:
        return problem.advice;
    case RepoRole:
        return problem.repo;
    case ProblemRole:
        return problem.id;
    case MutedRole:
        return isMuted(problem.kind);
    case CountRole:
        return problem.count;
    default:
        return {};
    }
}

void ProblemTree::setMuted(const QString &kind, bool muted)
{
    m_memory.setMuted(kind, muted);
}

/// A cause is muted here or in a notification; its row and those below it say so.
void ProblemTree::refreshMuted(const QString &kind)
{
    const auto cause = std::ranges::find(m_causes, kind, &Cause::kind);
    if (cause == m_causes.end())
        return;
    const int row = static_cast<int>(cause - m_causes.begin());
    const QModelIndex parent = index(row, 0);
    Q_EMIT dataChanged(parent, index(row, ColumnCount - 1));
    Q_EMIT dataChanged(index(0, 0, parent), index(rowCount(parent) - 1, ColumnCount - 1, parent));
}

QStringList ProblemTree::reposOf(const QModelIndex &index) const
{
    const QString one = index.data(RepoRole).toString();
    if (!index.isValid() || !one.isEmpty())
        return one.isEmpty() ? QStringList() : QStringList{one};
    QStringList ids;
    for (const ApiProblem &problem : m_causes.at(index.row()).problems)
        ids += problem.repo;
    ids.removeAll(QString());
    ids.removeDuplicates();
    return ids;
}

QStringList ProblemTree::problemsOf(const QModelIndex &index) const
{
    const QString one = index.data(ProblemRole).toString();
    if (!index.isValid() || !one.isEmpty())
        return one.isEmpty() ? QStringList() : QStringList{one};
    QStringList ids;
    for (const ApiProblem &problem : m_causes.at(index.row()).problems)
        ids += problem.id;
    return ids;
}

} // namespace AutoCommit
