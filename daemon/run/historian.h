#pragma once

#include "core/config/paths.h"
#include "core/service/reportrecorder.h"
#include "core/store/storethread.h"
#include "daemon/run/catalog.h"
#include "daemon/run/commitverifier.h"

namespace AutoCommit {

/// Keeps the history of a daemon: what runs did, where repositories stand, what is paused. Errors of the history end up
/// in the log and in notes(); none of them stops a run. Main thread, which waits for the history for a moment at most.
class Historian
{
public:
    Historian(StoreThread &store, const StoreOptions &options, const Paths &paths, const Clock &clock);

    void open(); ///< waits a little longer: what is paused has to be known before anything starts

    struct News
    {
        QList<CommitRecord> commits;
        std::optional<SeenError> error; ///< the last one of the reports
    };
    News record(const UnitReport &unit);
    /// This host as others see it in lists and compare versions with.
    void noteHost();
    void recordCycle(CycleRecord &cycle); ///< gives it the id of its row; 0 where the history is late
    /// Writes the rows that differ from what was written last; all of them when `everything`.
    void saveRows(Catalog &catalog, bool everything);
    bool restore(Catalog &catalog); ///< false: it could not be asked
    QList<ReleaseRecord> releasesDue(); ///< whose registry is to be asked now
    void saveRelease(const ReleaseRecord &release);
    std::optional<QList<PauseRecord>> pauses(); ///< that stand; none: they could not be read

    /// Believes those commits of other machines that the hub shows by now, as this machine's checkouts saw it; the
    /// rest is looked for again after the next cycle, for two weeks. Looking is done on a worker.
    void verifyOthers(const Catalog &catalog, Workshop &workshop, const std::shared_ptr<const RunKit> &kit);

    /// At the start and once a day: what is too old goes, and a damaged history is repaired. The reading of the whole
    /// file is done on a worker.
    void upkeep(Workshop &workshop);

    QStringList notes() const;
    const QString &host() const { return m_host; }

private:
    template <typename Answer> bool noted(const Answer &answer, const char *what) const;

    StoreThread &m_store;
    const QString m_location;
    const Paths &m_paths;
    const QString m_host;
    const Clock &m_clock;
    bool m_verifying = false; ///< commits of other machines are being looked for
};

} // namespace AutoCommit
