#pragma once

#include "core/recovery/recoveryplan.h"
#include "core/sync/integrate.h"

#include <optional>

namespace AutoCommit {

/// The checkout a plan is about, under its repository lock.
struct RecoveryScene
{
    const Git &git;
    std::optional<Upstream> upstream;
    HubConnections *hubs = nullptr;
    QByteArray branchRef;
    qsizetype nameLength = 40;
    bool sign = false;
    qint64 now = 0; ///< wall clock, nanoseconds
    bool isRehearsal = false; ///< locks and the journal are then judged where the rehearsal has none: not at all
};

/// What is left to do by the ordinary run, and by whoever keeps time, once the steps on git itself are done.
struct RecoveryOutcome
{
    bool tryAgain = false; ///< tell the story once more
    bool withoutModels = false;
    bool ask = false; ///< a person has to look
    int holdMinutes = 0; ///< leave the repository alone for so long
    QList<int> exclude; ///< paths of the table
    QList<std::pair<int, int>> defer; ///< path and minutes
    QStringList did; ///< step by step, for the trace
    QByteArray backup; ///< ref that keeps the branch as it was; empty when nothing could move it
};

/// Carries a plan out, step by step, and stops at the first surprise. Every step's precondition is looked at before it,
/// the whole checkout is compared before and after: a step may only change what its row says, and a branch that was
/// moved wrongly goes back to where it was. Errors: the step's own, or NotVerified with what changed unasked.
Result<RecoveryOutcome> carryOut(const RecoveryPlan &plan, const RecoveryScene &scene);

/// The same on a throw-away copy. Plans without a step that touches git need none.
Status rehearse(const RecoveryPlan &plan, const RecoveryScene &scene);

} // namespace AutoCommit
