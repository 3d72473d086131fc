#pragma once

#include "core/pipeline/repocontext.h"

namespace AutoCommit {

/// Asks a model what to do about RepoContext::failure, checks its plan, rehearses it, carries it out and writes all of
/// that down. Continue: the story may be told once more. Finish: the error stands; the trace says why.
Next recoverWithModel(RepoContext &repo);

} // namespace AutoCommit
