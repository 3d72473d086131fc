#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/config/settingsloader.h"
#include "core/doctor/checkup.h"
#include "core/git/git.h"

namespace AutoCommit {

struct DoctorParts
{
    const GitTools &tools;
    const LoadedSettings &loaded;
    const Clock &clock;
    CancelToken cancel = {};
    bool network = true; ///< ask the hub
};

/// What will keep one checkout from being committed, pulled or pushed. Only looks; takes no lock; asks the hub at most
/// 20 s. The first check that makes the others pointless ends it.
QList<Check> checkRepository(const QString &path, const DoctorParts &parts);

} // namespace AutoCommit
