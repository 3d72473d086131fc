#pragma once

#include "app/startplan.h"

#include <functional>

namespace AutoCommit {

/// Runs the agent of `plan.remote` in this process until SIGTERM or SIGINT; listed with the daemons of this user.
/// `onReady` is told once it runs.
Status runRemoteAgent(const StartPlan &plan, Session &session, const std::function<void(const DaemonEntry &)> &onReady);

} // namespace AutoCommit
