#pragma once

#include "core/config/settings.h"
#include "core/privacy/gate.h"

namespace AutoCommit {

/// The gate of one checkout: the built-in rules, the user's settings, and what the repository's .gitleaks.toml and
/// .gitleaksignore say. These may add rules and narrow allowances, never switch the gate off.
/// `workTree` may be empty: a text that belongs to no checkout.
Gate checkoutGate(const Settings &settings, const QString &workTree, const QByteArray &salt);

} // namespace AutoCommit
