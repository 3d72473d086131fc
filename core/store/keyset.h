#pragma once

#include "core/store/database.h"
#include "core/store/historyfilter.h"

#include <QStringList>

#include <algorithm>

namespace AutoCommit {

/// A list to be read newest first. The first two columns are the row's id and `timeColumn`, in this order.
struct KeysetQuery
{
    QString columns = {};
    QString table = {};
    QString timeColumn = {};
    bool hasHost = true; ///< the table has columns to filter by
    bool hasRepo = true;
    QStringList where = {};
    QVariantList values = {};
};

struct KeysetStatement
{
    QString sql = {};
    QVariantList values = {};
    int limit = 0; ///< one row more than this is asked for, to know whether anything is left
};

Result<KeysetStatement> keysetStatement(const KeysetQuery &query, const HistoryFilter &filter);

/// Opaque to callers: time and id of the last row of a page.
QString cursorText(const QString &time, qint64 id);

template <typename T>
Result<Page<T>> newestFirst(Database &database, const KeysetQuery &query, const HistoryFilter &filter,
                            T (*read)(const Row &))
{
    AC_ASSIGN(const KeysetStatement statement, keysetStatement(query, filter));
    Page<T> page;
    QString lastCursor = {};
    AC_TRY(database.each(statement.sql, statement.values, [&](const Row &row) {
        if (page.items.size() == statement.limit) {
            page.next = lastCursor;
            return;
        }
        page.items.append(read(row));
        lastCursor = cursorText(row.text(1), row.number(0));
    }));
    return page;
}

} // namespace AutoCommit
