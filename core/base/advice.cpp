#include "core/base/advice.h"

#include <algorithm>
#include <array>

namespace AutoCommit {

namespace {

using enum ErrorKind;

struct Advice
{
    ErrorKind kind;
    const char *text;
};

constexpr std::array advices{
    Advice{DatabaseBusy, "Try again in a moment."},
    Advice{DatabaseDamaged, "The daemon rebuilds the history from the activity log by itself."},
    Advice{DatabaseTooNew, "Update auto-commit on this machine."},
    Advice{DiskFull, "Free some space; nothing is committed until then."},
    Advice{PermissionDenied, "Check who owns the files and what the daemon's user may do."},
    Advice{DubiousOwnership, "The checkout belongs to another user; run the daemon as its owner."},
    Advice{LockHeld, "Another git is at work; it is tried again by itself."},
    Advice{StaleLock, "Remove the lock if no git is running in this checkout."},
    Advice{OperationInProgress, "Finish or abort the merge, rebase, cherry-pick or bisect."},
    Advice{DetachedHead, "Check out a branch."},
    Advice{UnmergedPaths, "Resolve the conflicts in the files and `git add` them."},
    Advice{NoIdentity, "Set user.name and user.email in git, or user_name and user_email here."},
    Advice{IndexCorrupt, "Run `git fsck`; the index can be made anew with `git read-tree HEAD`."},
    Advice{ObjectCorrupt, "Run `git fsck` and fetch the damaged objects from another clone."},
    Advice{BulkHold, "Look at what changed and commit it by hand, or raise the limit it ran into."},
    Advice{Untrusted, "Look at the repository's configuration and approve it with `commits trust`."},
    Advice{HookRejected, "Read what the hook says and fix it in the files."},
    Advice{SigningFailed, "Unlock the signing key, or set on_signing_unavailable."},
    Advice{LfsMissing, "Install git-lfs for the daemon's user."},
    Advice{NoUpstream, "Set one with `git branch --set-upstream-to`."},
    Advice{UpstreamGone, "The branch is gone from the hub; set another upstream."},
    Advice{Unreachable, "It is tried again by itself; check the network if it stays."},
    Advice{AuthFailed, "Check that `git fetch` works in a terminal without asking for anything."},
    Advice{HostKey, "Compare the host's key and accept it once with `ssh`."},
    Advice{TlsFailed, "Check the hub's certificate and this machine's clock."},
    Advice{HubNotFound, "Check the remote's URL and your rights on the hub."},
    Advice{ProtectedBranch, "Work on another branch, or have its protection changed."},
    Advice{RejectedSecret, "Take the secret out of the commits and replace it where it is used."},
    Advice{Conflict, "Merge the hub's commits by hand; nothing of yours was touched."},
    Advice{HistoryRewritten, "The hub's branch was rewritten; decide by hand which commits stay."},
    Advice{WouldOverwrite, "Move the named file away; a commit of the hub brings one of the same name."},
    Advice{ModelUnavailable, "The built-in engine writes meanwhile, if the settings allow it."},
};

} // namespace

QString adviceFor(ErrorKind kind)
{
    const auto *row = std::ranges::find(advices, kind, &Advice::kind);
    return row == advices.end() ? QString() : QString::fromLatin1(row->text);
}

} // namespace AutoCommit
