#pragma once

#include <QtGlobal>

namespace AutoCommit {

/// What agents, trays and daemons speak with each other. Counts up when an old one could misunderstand a new one.
constexpr qint64 apiProtocol = 1;

} // namespace AutoCommit
