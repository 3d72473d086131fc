#pragma once

#include "core/base/clock.h"
#include "core/config/paths.h"
#include "core/config/settings.h"
#include "core/pipeline/runreport.h"
#include "core/store/storeoptions.h"

namespace AutoCommit {

/// Where this machine's history is kept and what it is called there.
StoreOptions historyOptions(const Paths &paths, const Settings &settings);

/// A run has to be written down when something happened, when something is wrong or was left out, and when that was so
/// the last time. The latter is a file in the cache, so that a clean checkout costs one lookup and no database.
bool isWorthRecording(const RunReport &report, const Paths &paths);
void rememberAttention(const RunReport &report, const Paths &paths); ///< after it was recorded

/// Writes what a sweep did to the history and the activity log.
///
/// The error, if any, is for the log only: git has the commits, and the activity log has the events.
class Recorder
{
public:
    Recorder(const Paths &paths, const Settings &settings, const Clock &clock);

    Status record(const QList<RunReport> &reports) const;

private:
    const Paths &m_paths;
    const Settings &m_settings;
    const Clock &m_clock;
};

} // namespace AutoCommit
