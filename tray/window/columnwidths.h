#pragma once

#include "tray/model/traymemory.h"

#include <QTreeView>

#include <functional>

namespace AutoCommit {

/// The widths of a list's columns as their user left them: restored at once, remembered with each change.
class ColumnWidths : public QObject
{
    Q_OBJECT

public:
    /// `standard` sets the widths that nobody has changed, anew whenever the list was. Belongs to the view.
    ColumnWidths(QTreeView *view, TrayMemory &memory, const QString &name, std::function<void(QTreeView &)> standard);

    /// As wide as the names in it, within these limits in pixels.
    static void fit(QTreeView &view, int column, int least, int most);

private:
    void apply();
    void remember();
    QString key() const;

    QTreeView &m_view;
    TrayMemory &m_memory;
    const QString m_name;
    const std::function<void(QTreeView &)> m_standard;
    bool m_applying = false;
};

} // namespace AutoCommit
