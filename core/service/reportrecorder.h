#pragma once

#include "core/pipeline/runreport.h"
#include "core/store/records.h"
#include "core/store/reporecords.h"

#include <optional>

namespace AutoCommit {

class Store;

struct SeenError
{
    ErrorRecord record;
    bool announce = false; ///< worth telling a person, see ErrorSeen
};

/// What one report added to the history.
struct Recorded
{
    QList<CommitRecord> commits; ///< their `id` is not known
    std::optional<SeenError> error;
};

/// Writes what one run did. Belongs to the store's thread. Errors: see Store; none is a reason to stop.
Result<Recorded> recordReport(Store &store, const RunReport &report, const QString &host, Timestamp now);

/// The id of the repository the report is about; empty where there was none.
QString repoIdOf(const RunReport &report);

RepoRecord repoRecord(const RunReport &report, const QString &host, Timestamp now);

/// Put off because no model, or no host that has one, answers: no fault, and nobody has to do anything.
bool isWaiting(const RunReport &report);

/// What other hosts compare theirs with.
RepoHead headOf(const RepoRecord &repo);

/// Something the history has to know even when the run went well and left nothing out.
bool somethingHappened(const RunReport &report);

} // namespace AutoCommit
