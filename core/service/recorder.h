#pragma once

#include "core/base/clock.h"
#include "core/config/paths.h"
#include "core/config/settings.h"
#include "core/pipeline/runreport.h"
#include "core/store/storeoptions.h"

namespace AutoCommit {

/// Where this machine's history is kept and what it is called there.
StoreOptions historyOptions(const Paths &paths, const Settings &settings);

/// Writes what a sweep did to the history and the activity log. A checkout that is clean, and was so last time, costs
/// one lookup of a file and no database.
///
/// The error, if any, is for the log only: git has the commits, and the activity log has the events.
class Recorder
{
public:
    Recorder(const Paths &paths, const Settings &settings, const Clock &clock);

    Status record(const QList<RunReport> &reports) const;

private:
    bool isWorthRecording(const RunReport &report) const;
    /// There as long as the history holds an error or an exclusion of that repository, which a clean run has to lift.
    QString attentionFile(const RunReport &report) const;
    void rememberAttention(const RunReport &report) const;

    const Paths &m_paths;
    const Settings &m_settings;
    const Clock &m_clock;
};

} // namespace AutoCommit
