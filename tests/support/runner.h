#pragma once

#include "core/service/repositoryrun.h"
#include "tests/support/temprepo.h"

namespace AutoCommit::Testing {

/// Runs the whole story over a checkout of a World, as `commits once` does, in this process.
class Runner
{
public:
    explicit Runner(const World &world);

    LoadedSettings loaded; ///< change `loaded.settings` before a run
    RunOptions options;
    QString program; ///< to be run in place of git, unless empty

    RunReport once(const TempRepo &repo) const { return once(repo.path()); }
    RunReport once(const QString &path) const;

private:
    const World &m_world;
    SystemClock m_clock;
};

/// The reason why `path` was left out, or an empty string when it was not.
QString ruleAgainst(const RunReport &report, const QByteArray &path);

} // namespace AutoCommit::Testing
