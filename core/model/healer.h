#pragma once

#include "core/model/asker.h"

namespace AutoCommit {

/// See ModelWriter::planRecovery().
Result<ModelPlan> askForPlan(Asker &asker, const ModelNames &names, const RecoveryQuestion &question,
                             const ModelTerms &terms);

} // namespace AutoCommit
