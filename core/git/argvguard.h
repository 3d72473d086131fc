#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace AutoCommit {

/// The last check before git is started: refuses what an unattended program must never do, whoever asks for it (force,
/// hard reset, stash, clean, skipping hooks, deleting refs, blanket add ...). `arguments` begin with the git command,
/// without git's own -c options. Pure. Source: PRODUCT section 9.3, SAFETY section 2.
Status checkArguments(const QStringList &arguments);

} // namespace AutoCommit
