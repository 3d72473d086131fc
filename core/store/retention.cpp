#include "core/store/retention.h"

#include "core/store/database.h"

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

struct RetentionRule
{
    const char *table;
    const char *key; ///< columns that name a row
    const char *condition; ///< with the moment before which a row is old
    std::chrono::days keep;
};

} // namespace

Result<int> pruneHistory(Database &database, const Retention &retention, Timestamp now, int atMost)
{
    const std::array rules{
        // What the hub waits for is never old.
        RetentionRule{"commits", "id",
                      "committed_at < ? AND NOT EXISTS (SELECT 1 FROM needs_push n WHERE n.host = commits.host"
                      " AND n.repo = commits.repo)",
                      retention.commits},
        RetentionRule{"cycles", "id", "started_at < ?", retention.cycles},
        RetentionRule{"errors", "id", "last_seen < ? AND resolved_at IS NOT NULL", retention.resolvedErrors},
        RetentionRule{"cached_messages", "snapshot", "created_at < ?", retention.cachedMessages},
        RetentionRule{"audit", "id", "done_at < ?", retention.audit},
        RetentionRule{"releases", "id", "first_seen < ? AND state <> 'pending'", retention.settledReleases},
        RetentionRule{"deferrals", "host, repo, path_key", "last_seen < ?", retention.deferrals},
    };
    int gone = 0;
    for (const RetentionRule &rule : rules) {
        if (rule.keep.count() <= 0)
            continue;
        AC_ASSIGN(const int deleted,
                  database.run(u"DELETE FROM %1 WHERE (%2) IN (SELECT %2 FROM %1 WHERE %3 LIMIT ?)"_s.arg(
                                   QLatin1String(rule.table), QLatin1String(rule.key), QLatin1String(rule.condition)),
                               {sqlValue(now - rule.keep), atMost}));
        gone += deleted;
    }
    return gone;
}

} // namespace AutoCommit
