#include "daemon/api/apierror.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;
using enum ErrorKind;

} // namespace

int httpStatusOf(ErrorKind kind)
{
    switch (kind) {
    case Usage:
    case Config:
        return 400;
    case RejectedSecret:
        return 422;
    case PermissionDenied:
    case Untrusted:
        return 403;
    case LockHeld:
    case OperationInProgress:
    case HeadMoved:
    case Conflict:
    case WouldOverwrite:
    case UnmergedPaths:
        return 409;
    case DatabaseBusy:
    case OutOfResources:
    case ModelUnavailable:
    case Timeout:
    case Cancelled:
    case Unreachable:
        return 503;
    default:
        return 500;
    }
}

ApiError apiErrorOf(const Error &error)
{
    const QString kind = error.kind == RejectedSecret ? u"secret-found"_s : errorKindName(error.kind);
    return {httpStatusOf(error.kind), kind, error.message, adviceFor(error.kind)};
}

} // namespace AutoCommit
