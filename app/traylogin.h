#pragma once

#include "app/trayoptions.h"
#include "tray/model/loginstart.h"

namespace AutoCommit {

/// `commits-tray --start-at-login on|off|show [OPTIONS]`: needs no display. Answers the exit code.
int runStartAtLogin(const TrayOptions &options, const LoginStart &login, const Paths &paths);

/// The absolute directories of --commit-local. Usage: none are named, or one is no directory.
Result<QStringList> localRoots(const TrayOptions &options, const Paths &paths);

} // namespace AutoCommit
