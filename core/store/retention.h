#pragma once

#include "core/base/result.h"
#include "core/store/timestamp.h"

namespace AutoCommit {

/// How long rows are kept; 0 days = for ever. Commits are the history itself and small (1 MB holds about a thousand).
struct Retention
{
    std::chrono::days commits{0};
    std::chrono::days cycles{90};
    std::chrono::days resolvedErrors{180};
    std::chrono::days cachedMessages{30};
    std::chrono::days audit{365};
    std::chrono::days settledReleases{0}; ///< published or failed
    std::chrono::days deferrals{7}; ///< not seen again since
    int decisionsPerRepo = 300;
};

class Database;

/// Deletes at most `atMost` rows of each table that are older than that, and answers how many went; call again until
/// that is 0. Few at a time, so that no other writer waits long.
Result<int> pruneHistory(Database &database, const Retention &retention, Timestamp now, int atMost);

} // namespace AutoCommit
