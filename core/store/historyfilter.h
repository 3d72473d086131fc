#pragma once

#include "core/store/timestamp.h"

#include <QList>
#include <QString>

#include <optional>

namespace AutoCommit {

/// What every list of the history takes. Lists are newest first.
struct HistoryFilter
{
    std::optional<Timestamp> since = {}; ///< this moment or later
    std::optional<Timestamp> until = {}; ///< before this moment
    QString host = {}; ///< empty = every host
    QString repo = {}; ///< empty = every repository
    int limit = 50; ///< 1 to maxLimit; anything else is brought into that range
    QString cursor = {}; ///< Page::next of the page before; empty = from the newest

    static constexpr int maxLimit = 1000;
};

/// A piece of a list. The cursor names the place by time and row, not by a count: rows that are added or pruned
/// meanwhile neither repeat nor hide any other row. A cursor that cannot be read is answered with ErrorKind::Usage.
template <typename T> struct Page
{
    QList<T> items = {};
    QString next = {}; ///< empty = nothing is left
};

} // namespace AutoCommit
