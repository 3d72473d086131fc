#pragma once

namespace AutoCommit {

/// A crash of this process, and of the git and the hooks it starts, leaves no core file: what is in memory are the
/// contents of other people's files. To be called first of all. Whoever hunts a crash runs the program in a debugger.
void leaveNoCoreDump();

} // namespace AutoCommit
