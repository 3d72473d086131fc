#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace AutoCommit {

namespace {

// A lambda, so that the short names end with it: in a unity build they would meet classes of the same name.
constexpr auto kindNames = [] {
    using enum ErrorKind;
    return std::array{
        std::pair{Internal, "internal"},
        std::pair{Usage, "usage"},
        std::pair{Config, "config"},
        std::pair{Cancelled, "cancelled"},
        std::pair{Timeout, "timeout"},
        std::pair{Database, "database"},
        std::pair{DatabaseBusy, "database-busy"},
        std::pair{DatabaseDamaged, "database-damaged"},
        std::pair{DatabaseTooNew, "database-too-new"},
        std::pair{DiskFull, "disk-full"},
        std::pair{ReadOnly, "read-only"},
        std::pair{PermissionDenied, "permission-denied"},
        std::pair{IoError, "io-error"},
        std::pair{OutOfResources, "out-of-resources"},
        std::pair{NotARepository, "not-a-repository"},
        std::pair{DubiousOwnership, "dubious-ownership"},
        std::pair{LockHeld, "lock-held"},
        std::pair{StaleLock, "stale-lock"},
        std::pair{OperationInProgress, "operation-in-progress"},
        std::pair{DetachedHead, "detached-head"},
        std::pair{UnbornBranch, "unborn-branch"},
        std::pair{UnmergedPaths, "unmerged-paths"},
        std::pair{NoIdentity, "no-identity"},
        std::pair{IndexCorrupt, "index-corrupt"},
        std::pair{ObjectCorrupt, "object-corrupt"},
        std::pair{ObjectMissing, "object-missing"},
        std::pair{HeadMoved, "head-moved"},
        std::pair{FileChanged, "file-changed"},
        std::pair{StagedWork, "staged-work"},
        std::pair{BulkHold, "bulk-hold"},
        std::pair{Untrusted, "untrusted"},
        std::pair{HookRejected, "hook-rejected"},
        std::pair{HookChangedCommit, "hook-changed-commit"},
        std::pair{SigningFailed, "signing-failed"},
        std::pair{LfsMissing, "lfs-missing"},
        std::pair{NoUpstream, "no-upstream"},
        std::pair{UpstreamGone, "upstream-gone"},
        std::pair{Unreachable, "unreachable"},
        std::pair{AuthFailed, "auth-failed"},
        std::pair{HostKey, "host-key"},
        std::pair{TlsFailed, "tls-failed"},
        std::pair{HubNotFound, "hub-not-found"},
        std::pair{NonFastForward, "non-fast-forward"},
        std::pair{ProtectedBranch, "protected-branch"},
        std::pair{RejectedByHub, "rejected-by-hub"},
        std::pair{RejectedSecret, "rejected-secret"},
        std::pair{RejectedSize, "rejected-size"},
        std::pair{HubLocked, "hub-locked"},
        std::pair{HubDiskFull, "hub-disk-full"},
        std::pair{Conflict, "conflict"},
        std::pair{HistoryRewritten, "history-rewritten"},
        std::pair{WouldOverwrite, "would-overwrite"},
        std::pair{NotVerified, "not-verified"},
        std::pair{ModelUnavailable, "model-unavailable"},
        std::pair{ModelRefused, "model-refused"},
        std::pair{ContextOverflow, "context-overflow"},
        std::pair{Unknown, "unknown"},
    };
}();

static_assert(kindNames.size() == static_cast<std::size_t>(ErrorKind::Unknown) + 1, "every ErrorKind has a name");

} // namespace

QString errorKindName(ErrorKind kind)
{
    const auto *row = std::ranges::find(kindNames, kind, &std::pair<ErrorKind, const char *>::first);
    return QString::fromLatin1(row == kindNames.end() ? "unknown" : row->second);
}

ErrorKind errorKindFromName(const QString &name)
{
    const auto *row = std::ranges::find_if(kindNames, [&](const auto &r) { return name == QLatin1String(r.second); });
    return row == kindNames.end() ? ErrorKind::Unknown : row->first;
}

} // namespace AutoCommit
