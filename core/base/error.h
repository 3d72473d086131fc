#pragma once

#include <QString>

namespace AutoCommit {

/// What went wrong, as far as code has to decide on it: the recovery table, exit codes and (later) HTTP status codes
/// are keyed by this. Words for people are in Error::message.
enum class ErrorKind {
    // our own side
    Internal,
    Usage,
    Config,
    Cancelled,
    Timeout,
    Database,
    DatabaseBusy, ///< another process holds it; the same call may succeed later
    DatabaseDamaged, ///< not readable as a database; whoever may write sets it aside and rebuilds it
    DatabaseTooNew, ///< written by a newer version of this program; left untouched
    // the machine
    DiskFull,
    ReadOnly,
    PermissionDenied,
    IoError,
    OutOfResources,
    // the checkout
    NotARepository,
    DubiousOwnership,
    LockHeld,
    StaleLock,
    OperationInProgress,
    DetachedHead,
    UnbornBranch, ///< no commit yet, and the settings do not allow the first one
    UnmergedPaths,
    NoIdentity,
    IndexCorrupt,
    ObjectCorrupt,
    ObjectMissing,
    HeadMoved,
    FileChanged, ///< while it was being read
    StagedWork, ///< the user is in the middle of a commit of their own
    BulkHold, ///< a brake held the change back
    Untrusted, ///< the repository's own configuration would run a program nobody approved
    // making a commit
    HookRejected,
    HookChangedCommit,
    SigningFailed,
    LfsMissing,
    // the hub
    NoUpstream,
    UpstreamGone,
    Unreachable,
    AuthFailed,
    HostKey,
    TlsFailed,
    HubNotFound,
    NonFastForward,
    ProtectedBranch,
    RejectedByHub,
    RejectedSecret,
    RejectedSize,
    HubLocked,
    HubDiskFull,
    Conflict,
    HistoryRewritten,
    WouldOverwrite, ///< incoming commits would write an untracked or ignored file
    NotVerified, ///< pushed, but the hub does not show it
    // the model
    ModelUnavailable,
    ModelRefused,
    ContextOverflow, ///< the prompt does not fit into the model's context
    Unknown,
};

/// The stable lower-case name used in JSON, the database and the logs, for instance "non-fast-forward".
QString errorKindName(ErrorKind kind);

/// The reverse; ErrorKind::Unknown for a name nobody knows.
ErrorKind errorKindFromName(const QString &name);

struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString message{}; ///< one or two sentences for people: what happened and what to do
    QString detail{}; ///< for instance the end of git's stderr; stays on this machine
};

} // namespace AutoCommit
