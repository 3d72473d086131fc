#pragma once

#include "core/pipeline/messagehost.h"
#include "core/pipeline/pipeline.h"

namespace AutoCommit {

/// What one checkout goes through from "is there anything?" to "it is on the hub".
Story commitStory();

/// The same where another machine finds the words and is told what was committed. Both have to outlive the story.
Story agentStory(MessageHost &host, CommitLedger &ledger);

/// The first half of it for one message over the whole change: to be run dry.
Story messageStory();

/// The same for what is staged in `index` (empty: git's own).
Story stagedMessageStory(const QString &index);

} // namespace AutoCommit
