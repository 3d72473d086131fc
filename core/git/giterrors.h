#pragma once

#include "core/base/error.h"
#include "core/git/processrunner.h"

namespace AutoCommit {

/// Says what a failed git command means, from its exit and the (English) text on stderr; pure. `what` names the attempt
/// for people ("push to origin"). Text from a hub or a hook is cleaned of control characters before it is quoted.
Error classifyGitFailure(const QString &what, const ProcessOutput &output);

/// No connection to the machine came about: nothing is said about the repository on it. Pure.
bool isNoConnection(const ProcessOutput &output);

} // namespace AutoCommit
