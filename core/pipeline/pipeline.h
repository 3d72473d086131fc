#pragma once

#include "core/pipeline/repocontext.h"
#include "core/pipeline/stage.h"

#include <functional>
#include <vector>

namespace AutoCommit {

/// The stages of one kind of run, in order. Composed in core/service/story.cpp.
struct Story
{
    std::vector<StagePtr> entrance; ///< every repository, cheap; ends the run where nothing is to be done
    std::vector<StagePtr> work;
    std::vector<StagePtr> afterwards; ///< of what was committed, also where a later stage (the push) failed
    StagePtr recover; ///< looks at the error of any stage; null: errors end the run
};

/// Told as a run goes on; called on the worker's thread.
using StageObserver = std::function<void(const RepoContext &, StageId)>;

/// Runs the stages of a story over one repository and sums up. Never throws, never fails as a whole: an error is part
/// of the report. After the first error only `afterwards` is run, and Recover may
/// ask for one more attempt.
RunReport runStory(const Story &story, RepoContext &repo, const StageObserver &observer = {});

struct Entered
{
    RunReport report;
    bool hasWork = false; ///< the whole story is worth running: something is dirty, or waits for a push
};

/// The entrance alone, for a daemon that looks at many repositories and queues those that need more.
Entered enterStory(const Story &story, RepoContext &repo, const StageObserver &observer = {});

} // namespace AutoCommit
