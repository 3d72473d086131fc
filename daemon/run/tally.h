#pragma once

#include "daemon/run/workshop.h"

#include <algorithm>

namespace AutoCommit {

/// Adds up what the runs of one cycle did.
inline void addToCycle(CycleRecord &cycle, const UnitReport &unit)
{
    const auto any = [&](const auto &is) { return std::ranges::any_of(unit.reports, is) ? 1 : 0; };
    cycle.committed += any([](const RunReport &r) { return !r.commits.isEmpty(); });
    cycle.pulled += any([](const RunReport &r) { return r.pulled; });
    cycle.pushed += any([](const RunReport &r) { return r.pushed; });
    cycle.skipped += any([](const RunReport &r) { return r.state == RunState::Skipped; });
    cycle.failed += any([](const RunReport &r) { return r.state == RunState::Failed; });
}

inline bool didSomething(const CycleRecord &cycle)
{
    return cycle.committed + cycle.pulled + cycle.pushed + cycle.failed > 0;
}

} // namespace AutoCommit
