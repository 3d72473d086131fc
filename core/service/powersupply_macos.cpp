#include "core/service/powersupply.h"

namespace AutoCommit {

/// Not told: the system says it through IOKit (IOPSGetProvidingPowerSourceType), which is not linked for one answer.
std::optional<bool> isOnBattery(const QString &)
{
    return std::nullopt;
}

} // namespace AutoCommit
