#pragma once

#include "core/base/error.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace AutoCommit {

/// What a model may ask for, and nothing else (SAFETY section 6). No verb takes a word that reaches a command line.
enum class RecoveryVerb {
    Wait, ///< leave the repository alone for `minutes`
    Refetch, ///< fetch the configured upstream of the checked-out branch
    Unlock, ///< set an abandoned lock aside
    Reconcile, ///< finish or take back an interrupted tree move of ours
    AbortOwn, ///< abort an operation that the journal says we began
    Defer, ///< leave one path alone for `minutes`
    Exclude, ///< leave one path out of this run
    RebaseInMemory, ///< put the local commits on top of the hub's
    RetryPush, ///< push once more, fast-forward only
    Recommit, ///< tell the story once more
    FallbackMessage, ///< the same, without models
    Rescan, ///< the same: look at everything afresh
    Fsck, ///< look whether the objects are sound
    Pause, ///< leave the repository alone for `minutes`, shown as a pause
    Ask, ///< a person has to look
};

enum class RecoveryLock { Index, Head, Branch, PackedRefs, Shallow };
enum class OwnOperation { Merge, CherryPick };

struct RecoveryStep
{
    RecoveryVerb verb = RecoveryVerb::Ask;
    int minutes = 0; ///< of Wait, Defer and Pause
    RecoveryLock lock = RecoveryLock::Index; ///< of Unlock
    OwnOperation operation = OwnOperation::Merge; ///< of AbortOwn
    int path = 0; ///< of Defer and Exclude: index into the table of this request

    bool operator==(const RecoveryStep &) const = default;
};

struct RecoveryPlan
{
    ErrorKind diagnosis = ErrorKind::Unknown;
    QList<RecoveryStep> steps; ///< 1 to 4
    QString note; ///< for people, never read by code
};

QString recoveryVerbName(RecoveryVerb verb); ///< as in the plan: "rebase_mem"
QString recoveryStepText(const RecoveryStep &step); ///< "defer P2 for 5 min"

/// Reads a plan that anybody may have written. `paths` is the size of the request's table (P1 to Pn). Whatever is not
/// in the grammar (an unknown or doubled key, a number that is not in its list, an unknown path, a fifth step, more
/// than 4 KiB) refuses the whole plan: ModelRefused, whose message names the reason in one word ("unknown-verb"). Pure.
Result<RecoveryPlan> parseRecoveryPlan(const QByteArray &text, int paths);

/// The JSON Schema of a plan, for servers that can hold a model to one.
QByteArray recoveryPlanSchema(int paths);

} // namespace AutoCommit
