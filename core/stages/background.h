#pragma once

#include "core/pipeline/changecontext.h"

namespace AutoCommit {

/// What its README says the repository is, and what a retrieval service finds about these files' change; empty where a
/// model has nothing to write about them. The third stage's dear part, done only when a message is really going to be
/// asked for: once a run, and the service never for longer than `retrieval_timeout_seconds` or a quarter of the time
/// that the run has for models.
QString backgroundOf(ChangeContext &change, const QList<qsizetype> &files);

} // namespace AutoCommit
