#pragma once

#include "core/pipeline/changecontext.h"
#include "core/pipeline/pipeline.h"

namespace AutoCommit {

class CommitLedger;
class MessageHost;

// The table of contents: each stage is one file, each class private to it. The order is in core/service/story.cpp.

StagePtr makeSurvey(); ///< may this repository be touched now, and is anything dirty?
StagePtr makePull(); ///< the pull half, on a clean tree: fetch, fast-forward or in-memory rebase
StagePtr makePreFilter(); ///< drops what must not be committed, and captures the rest as the snapshot
StagePtr makeDiscover(); ///< reads the snapshot as a change: renames, modes, diff
StagePtr makeRetrieve(); ///< this repository's own history, and how its people write messages
StagePtr makeStaged(const QString &index); ///< instead of Survey to Discover: what is staged in `index` (empty: git's)
ChangeStagePtr makeOneCommit(); ///< instead of Group: everything in one
ChangeStagePtr makeGroup(); ///< splits the change into commits by purpose
ChangeStagePtr makeAnalyze(); ///< what each commit does: its type and scope
ChangeStagePtr makeFormat(); ///< the message in the repository's style
StagePtr makeLeaveStaged(); ///< of an agent: not where the user has staged something
StagePtr makeAskHost(MessageHost &host); ///< of an agent, instead of Group to Format: another machine finds the words
StagePtr makeIntend(CommitLedger &ledger); ///< of an agent: what is about to be committed is written down
StagePtr makeCommit(); ///< the snapshot rule: hooks, commit-tree, compare-and-swap
StagePtr makePush(); ///< fast-forward to the upstream; rejected: take over, try again; the hub's ref is read back
StagePtr makeVersionDetect(); ///< did a manifest's version change?
StagePtr makePublishVerify(); ///< which versions wait for their registry
StagePtr makeUndo(const QByteArray &commit); ///< takes one commit back: softly, or by a commit that reverts it
StagePtr makeRecover(); ///< an error's class decides: once more, or leave it

} // namespace AutoCommit
