#pragma once

#include "core/base/clock.h"

#include <QString>

#include <chrono>
#include <optional>

namespace AutoCommit {

/// A moment as the history keeps it: UTC, milliseconds. Stored as text of fixed width ("2026-08-22T10:11:12.345Z"), so
/// that the order of the texts is the order of the moments in SQLite and in PostgreSQL alike.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

Timestamp wallTime(const Clock &clock);

/// Always 24 characters; moments outside the years 0000 to 9999 are clamped to the nearest that fits.
QString isoText(Timestamp time);

/// Reads what isoText() writes, also without the fraction; nothing else.
std::optional<Timestamp> fromIsoText(QStringView text);

} // namespace AutoCommit
