#pragma once

#include "core/doctor/checkup.h"
#include "core/git/gitenvironment.h"

namespace AutoCommit {

/// Would the hooks of `directory` find their interpreter? Theirs is the search path of a service, which is shorter than
/// that of a terminal: the classic way for a hook to work by hand and to fail unattended.
QList<Check> checkHooks(const QString &directory, const GitEnvironment &environment);

} // namespace AutoCommit
