#pragma once

#include "core/sync/hub.h"
#include "core/sync/rebase.h"

#include <functional>

namespace AutoCommit {

/// The state of the checked-out branch against the hub's, after a fetch.
struct Divergence
{
    QByteArray base; ///< merge base; empty when the histories are unrelated
    QByteArray hub; ///< the tracking ref
    int ahead = 0;
    int behind = 0;
};

Result<Divergence> measureDivergence(const Git &git, const QByteArray &head, const QByteArray &trackingRef);

/// Takes the hub's commits over: nothing when not behind, a fast-forward when only behind, an in-memory rebase and one
/// journaled tree move when both. The work tree has to be clean. Answers where the branch is now and what became of our
/// own commits. On any error the checkout is as it was. `beforeMove` is told where it goes before anything is moved.
using BeforeMove = std::function<Status(const Rebased &)>;
Result<Rebased> integrate(const Git &git, const QByteArray &branchRef, const QByteArray &head,
                          const Divergence &divergence, bool sign, qint64 now, const BeforeMove &beforeMove = {});

} // namespace AutoCommit
