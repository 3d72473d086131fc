#pragma once

#include "core/doctor/machinechecks.h"

#include <QProcessEnvironment>

namespace AutoCommit {

/// Everything `commits doctor` looks at: this machine, the model servers, then each checkout. Blocks for as long as
/// servers and hubs take to answer or be given up (seconds). Changes nothing.
QList<Check> examine(const QStringList &checkouts, const DoctorParts &parts, const Paths &paths,
                     const QProcessEnvironment &environment);

} // namespace AutoCommit
