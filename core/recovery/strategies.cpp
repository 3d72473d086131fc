#include "core/recovery/strategies.h"

namespace AutoCommit {

using namespace Qt::StringLiterals;

Strategy strategyFor(ErrorKind kind)
{
    using enum ErrorKind;
    switch (kind) {
    case HeadMoved: // the user or another host was quicker: plan again on what is there now
    case FileChanged:
        return Strategy::StartOver;
    case LockHeld:
    case Cancelled:
    case OperationInProgress:
    case StagedWork:
    case Timeout:
    case ObjectMissing:
    case NonFastForward:
    case NotVerified:
        return Strategy::NextSweep;
    case DiskFull:
    case ReadOnly:
    case IoError:
    case OutOfResources:
    case Database:
    case DatabaseBusy:
    case Unreachable:
    case HubLocked:
    case HubDiskFull:
    case TlsFailed:
    case ModelUnavailable:
    case ModelRefused:
    case ContextOverflow:
        return Strategy::BackOff;
    case PermissionDenied:
    case StaleLock:
    case IndexCorrupt:
    case HookRejected:
    case HookChangedCommit:
    case SigningFailed:
    case LfsMissing:
    case UpstreamGone:
    case RejectedByHub:
    case Unknown:
        return Strategy::AskModel;
    case Internal:
    case DatabaseDamaged:
    case DatabaseTooNew:
    case Usage:
    case Config:
    case NotARepository:
    case DubiousOwnership:
    case DetachedHead:
    case UnbornBranch:
    case UnmergedPaths:
    case NoIdentity:
    case ObjectCorrupt:
    case BulkHold:
    case Untrusted:
    case NoUpstream:
    case AuthFailed:
    case HostKey:
    case HubNotFound:
    case ProtectedBranch:
    case RejectedSecret:
    case RejectedSize:
    case Conflict:
    case HistoryRewritten:
    case WouldOverwrite:
        break;
    }
    return Strategy::AskUser;
}

QString strategyText(Strategy strategy)
{
    switch (strategy) {
    case Strategy::StartOver:
        return u"tried again without success"_s;
    case Strategy::NextSweep:
        return u"left for the next sweep"_s;
    case Strategy::BackOff:
        return u"tried again later, more and more rarely"_s;
    case Strategy::AskModel:
    case Strategy::AskUser:
        break;
    }
    return u"needs you"_s;
}

} // namespace AutoCommit
