#include "daemon/api/tally.h"

namespace AutoCommit {

Tally::Tally(const Steering &steering)
{
    connect(&steering, &Steering::committed, this, [this](const CommitRecord &commit) { ++commits[commit.source]; });
    connect(&steering, &Steering::errorSeen, this, [this](const ErrorRecord &error) { ++errors[error.kind]; });
    connect(&steering, &Steering::cycleFinished, this, [this](const CycleRecord &cycle) {
        ++cycles[cycle.reason];
        lastCycle = cycle.finishedAt - cycle.startedAt;
        allCycles += *lastCycle;
    });
}

} // namespace AutoCommit
