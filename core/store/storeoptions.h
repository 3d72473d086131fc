#pragma once

#include "core/base/error.h"

#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace AutoCommit {

/// What opening or repairing the history brought about; worth telling a person when `setAside` is not empty.
struct StoreOpened
{
    int schemaBefore = 0; ///< 0 = the database is new
    QString setAside = {}; ///< the damaged file's new name
    int replayed = 0; ///< events of the activity log that were gone through
    std::optional<Error> activityLogProblem = {}; ///< it could not be read
};

struct StoreOptions
{
    QString location = {}; ///< path of the SQLite file, or postgresql://… (see parseStoreTarget)
    QString activityLog = {}; ///< path of activity.jsonl; empty = neither written nor read
    QString host = {}; ///< this machine's name in the history
    std::chrono::milliseconds busyTimeout{5000}; ///< how long a call may wait for another program
    int pendingLimit = 10'000; ///< rows kept in memory while the database cannot be written (SAFETY row 102)
    bool shortLived = false; ///< the program ends soon after: leave SQLite's log to the next one (see Store::close)
    enum class Journal { Automatic, WriteAhead, Rollback } journal = Journal::Automatic;

    /// Called on the owner's thread when a damaged database was set aside and rebuilt while it was in use.
    std::function<void(const StoreOpened &)> onRepaired = {};
};

} // namespace AutoCommit
