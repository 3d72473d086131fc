#include "tests/support/runner.h"

namespace AutoCommit::Testing {

Runner::Runner(const World &world)
    : m_world(world)
{ }

RunReport Runner::once(const QString &path) const
{
    const Story story = commitStory();
    GitTools tools = m_world.tools();
    if (!program.isEmpty())
        tools.program = program;
    return runRepository(
        path, {.tools = tools, .settings = loaded, .clock = m_clock, .story = story, .options = options}, {});
}

QString ruleAgainst(const RunReport &report, const QByteArray &path)
{
    for (const Exclusion &entry : report.excluded)
        if (entry.path == path)
            return entry.rule;
    return {};
}

} // namespace AutoCommit::Testing
