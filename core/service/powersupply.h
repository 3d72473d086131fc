#pragma once

#include <QString>

#include <optional>

namespace AutoCommit {

/// Whether the machine runs on its battery; a machine without one does not. Nothing where the system does not tell.
/// `root` is where Linux lists its supplies (Documentation/ABI/testing/sysfs-class-power); a few small files are read.
std::optional<bool> isOnBattery(const QString &root = QStringLiteral("/sys/class/power_supply"));

} // namespace AutoCommit
