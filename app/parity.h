#pragma once

#include "app/commandline.h"
#include "app/session.h"

namespace AutoCommit {

int showParity(const OverviewCommand &command, Session &session);

} // namespace AutoCommit
