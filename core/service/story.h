#pragma once

#include "core/pipeline/messagehost.h"
#include "core/pipeline/pipeline.h"

namespace AutoCommit {

class Pauses;

/// What one checkout goes through from "is there anything?" to "it is on the hub". With `pauses`, which have to outlive
/// the story, what is paused is left alone; whoever has looked at them before it starts a run gives none.
Story commitStory(const Pauses *pauses = nullptr);

/// The same where another machine finds the words and is told what was committed. Both have to outlive the story.
Story agentStory(MessageHost &host, CommitLedger &ledger, const Pauses *pauses = nullptr);

/// The first half of it for one message over the whole change: to be run dry.
Story messageStory();

/// The same for what is staged in `index` (empty: git's own).
Story stagedMessageStory(const QString &index);

} // namespace AutoCommit
