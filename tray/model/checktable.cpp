#include "tray/model/checktable.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype namesShown = 4;

bool isModel(const ApiCheck &check)
{
    return check.repo.isEmpty() && check.id.startsWith(u"model"_s);
}

bool isHub(const ApiCheck &check)
{
    return check.id == u"hub"_s;
}

bool isWrong(const ApiCheck &check)
{
    return check.state == u"fail"_s || check.state == u"warn"_s;
}

int checkUrgency(const ApiCheck &check)
{
    const int wrong = check.state == u"fail"_s ? 0 : check.state == u"warn"_s ? 1 : 2;
    return isHub(check) ? 0 : isModel(check) ? 1 : 2 + wrong;
}

bool isSameTrouble(const ApiCheck &a, const ApiCheck &b)
{
    // An answer that holds good is one row for all hubs and for all models, whatever its words.
    const bool sameKind = isModel(a) ? isModel(b) : a.id == b.id;
    return sameKind && a.state == b.state && (a.message == b.message || a.state == u"ok"_s);
}

} // namespace

QList<ApiCheck> CheckTable::condensed(const QList<ApiCheck> &checks)
{
    QList<ApiCheck> rows;
    QList<QStringList> names;
    for (const ApiCheck &check : checks) {
        if (!isHub(check) && !isModel(check) && !isWrong(check))
            continue;
        const auto known = std::ranges::find_if(rows, [&](const ApiCheck &row) { return isSameTrouble(row, check); });
        const qsizetype at = known - rows.begin();
        if (known == rows.end()) {
            rows += check;
            names += QStringList();
        }
        if (!check.repo.isEmpty())
            names[at] += check.repo.section(u'/', -1);
    }
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const auto count = static_cast<int>(names[i].size());
        rows[i].repo = count <= namesShown ? names[i].join(u", "_s) : tr("%n repositories", nullptr, count);
        if (isModel(rows[i]))
            rows[i].title = tr("Models");
        if (isHub(rows[i]) && rows[i].state == u"ok"_s)
            rows[i].message = tr("answers for %n repositories", nullptr, count);
    }
    std::ranges::stable_sort(rows, {}, checkUrgency);
    if (std::ranges::none_of(rows, isHub))
        rows.prepend({.id = u"hub"_s,
                      .title = tr("Hub"),
                      .state = u"skipped"_s,
                      .message = tr("no repository has one; commits stay on this computer")});
    return rows;
}

void CheckTable::setChecks(const QList<ApiCheck> &checks)
{
    beginResetModel();
    m_rows = condensed(checks);
    endResetModel();
}

void CheckTable::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

bool CheckTable::hasFailure() const
{
    return std::ranges::any_of(m_rows, [](const ApiCheck &row) { return row.state == u"fail"_s; });
}

QString CheckTable::summary() const
{
    if (m_rows.isEmpty())
        return tr("Nothing has been tested.");
    if (hasFailure())
        return tr("Some of it does not work yet. You can go on: what works is committed, and the rest is named until "
                  "it is mended.");
    return tr("All that is needed works.");
}

int CheckTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CheckTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CheckTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == What ? tr("What") : tr("Found");
}

QVariant CheckTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const ApiCheck &row = m_rows.at(index.row());
    const QString found = row.repo.isEmpty() || (isHub(row) && row.state == u"ok"_s)
        ? row.message
        : u"%1: %2"_s.arg(row.repo, row.message);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == What ? row.title : found;
    case Qt::ToolTipRole:
        return row.advice.isEmpty() ? found : u"%1\n%2"_s.arg(found, row.advice);
    case StateRole:
        return row.state;
    case AdviceRole:
        return isWrong(row) || row.state == u"skipped"_s ? row.advice : QString();
    default:
        return {};
    }
}

} // namespace AutoCommit
