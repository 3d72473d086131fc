#pragma once

#include "core/pipeline/changecontext.h"

namespace AutoCommit {

/// What a retrieval service finds about these files' change; empty where none is set up, it fails, or a model has
/// nothing to write about them. The third stage's part that needs the network, done only when a message is really going
/// to be asked for: once a run, and never for longer than `retrieval_timeout_seconds` or a quarter of the time that the
/// run has for models.
QString backgroundOf(ChangeContext &change, const QList<qsizetype> &files);

} // namespace AutoCommit
