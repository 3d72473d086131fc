#pragma once

#include "app/commandline.h"
#include "app/session.h"
#include "core/store/statistics.h"

namespace AutoCommit {

int showStats(const OverviewCommand &command, Session &session);

/// Weeks as columns, Monday on top, darker for more; as many weeks as fit into `width` columns, the newest at the
/// right.
QString activityChart(const QList<std::pair<QDate, qint64>> &perDay, int width);

} // namespace AutoCommit
