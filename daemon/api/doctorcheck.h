#pragma once

#include "core/doctor/checkup.h"

#include <functional>

namespace AutoCommit {

/// Looks after everything, or after one repository. Called on the main thread and returns at once; `done` is called on
/// the main thread, once, with ids of repositories instead of their paths.
using DoctorRun = std::function<void(const QString &repo, std::function<void(QList<Check>)> done)>;

} // namespace AutoCommit
