#include "core/service/story.h"

#include "core/service/pauses.h"
#include "core/stages/stages.h"

namespace AutoCommit {

namespace {

template <typename... Stages> std::vector<StagePtr> inOrder(Stages... stages)
{
    std::vector<StagePtr> list;
    (list.push_back(std::move(stages)), ...);
    return list;
}

/// Is there anything to do, and may it be done?
std::vector<StagePtr> entrance(const Pauses *pauses)
{
    std::vector<StagePtr> stages;
    stages.push_back(makeSurvey()); // may it be touched, is it dirty?     .git, git status
    if (pauses)
        stages.push_back(pauses->makeGate()); // is it paused?             the history
    stages.push_back(makePull()); // clean: take over the hub's commits    git fetch, read-tree, update-ref
    return stages;
}

} // namespace

// clang-format off
Story commitStory(const Pauses *pauses)
{
    return {
        .entrance = entrance(pauses),
        .work = inOrder(
            makePreFilter(),       // 1  what must not be committed; the rest becomes the snapshot
            makeDiscover(),        // 2  the snapshot as a change           git diff-index
            makeRetrieve(),        // 3  what this repository's past says   git log
            makeGroup(),           // 4  one commit per purpose
            makeAnalyze(),         // 5  what each commit does
            makeFormat(),          // 6  its message
            makeCommit(),          // 7  hooks, commit-tree, compare-and-swap
            makePush()),           // 8  to the upstream, never forced, read back
        .afterwards = inOrder(
            makeVersionDetect(),   // 9  a version that changed
            makePublishVerify()),  // 10 ... and has to reach its registry
        .recover = makeRecover(),  // 11 an error of any of them
    };
}

Story agentStory(MessageHost &host, CommitLedger &ledger, const Pauses *pauses)
{
    return {
        .entrance = entrance(pauses),
        .work = inOrder(
            makeLeaveStaged(),     // the user is about to commit: hands off
            makePreFilter(),       // secrets never leave the machine
            makeDiscover(),
            makeRetrieve(),
            makeAskHost(host),     // 4-6 on the other machine, or here when it is away
            makeIntend(ledger),    // should we be killed, the other machine's history misses nothing
            makeCommit(),
            makePush()),
        .afterwards = inOrder(makeVersionDetect(), makePublishVerify()),
        .recover = makeRecover(),
    };
}

Story messageStory()
{
    return {.entrance = inOrder(makeSurvey()),
            .work = inOrder(makePreFilter(), makeDiscover(), makeRetrieve(), makeOneCommit(), makeAnalyze(),
                            makeFormat(), makeCommit()),
            .recover = {}};
}

Story stagedMessageStory(const QString &index)
{
    return {.entrance = inOrder(makeStaged(index)),
            .work = inOrder(makeRetrieve(), makeOneCommit(), makeAnalyze(), makeFormat(), makeCommit()),
            .recover = {}};
}
// clang-format on

} // namespace AutoCommit
