#include "tray/window/columnwidths.h"

#include <QHeaderView>

#include <algorithm>
#include <utility>

namespace AutoCommit {

using namespace Qt::StringLiterals;

ColumnWidths::ColumnWidths(QTreeView *view, TrayMemory &memory, const QString &name,
                           std::function<void(QTreeView &)> standard)
    : QObject(view)
    , m_view(*view)
    , m_memory(memory)
    , m_name(name)
    , m_standard(std::move(standard))
{
    const QHeaderView *header = view->header();
    connect(header, &QHeaderView::sectionResized, this, [this, header](int section) {
        if (header->sectionResizeMode(section) == QHeaderView::Interactive) // the window resizes the others
            remember();
    });
    connect(header, &QHeaderView::sortIndicatorChanged, this, &ColumnWidths::remember);
    connect(view->model(), &QAbstractItemModel::modelReset, this, &ColumnWidths::apply);
    connect(view->model(), &QAbstractItemModel::rowsInserted, this, &ColumnWidths::apply);
    apply();
}

/// The parity table has a column for each host: the widths of another number of them say nothing.
QString ColumnWidths::key() const
{
    return u"%1-%2"_s.arg(m_name).arg(m_view.header()->count());
}

void ColumnWidths::remember()
{
    if (!m_applying)
        m_memory.setState(key(), m_view.header()->saveState());
}

void ColumnWidths::apply()
{
    if (std::exchange(m_applying, true))
        return;
    if (const QByteArray kept = m_memory.state(key()); kept.isEmpty() || !m_view.header()->restoreState(kept))
        m_standard(m_view);
    m_applying = false;
}

void ColumnWidths::fit(QTreeView &view, int column, int least, int most)
{
    constexpr int looked = 500; // rows
    constexpr int margin = 26; // of a cell with a dot or an icon
    const QAbstractItemModel &model = *view.model();
    int widest = least;
    for (int row = 0; row < std::min(model.rowCount(), looked); ++row)
        widest = std::max(widest,
                          margin + view.fontMetrics().horizontalAdvance(model.index(row, column).data().toString()));
    view.header()->resizeSection(column, std::min(widest, most));
}

} // namespace AutoCommit
