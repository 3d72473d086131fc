#include "app/commands.h"
#include "app/demoworld.h"
#include "app/reportprinter.h"
#include "core/service/story.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// Tells the story step by step. Every line about git is what git or the pipeline really said.
class Demo
{
public:
    Demo(const Session &session, const DemoWorld &world)
        : m_terminal(session.terminal)
        , m_session(session)
        , m_world(world)
        , m_paths(world.environment())
        , m_story(commitStory())
    { }

    Status run()
    {
        say(u"Two checkouts of one project, apricot and plum, and their hub, all below %1."_s.arg(m_world.root()));
        step(u"A morning's edits lie around on apricot:"_s);
        AC_TRY(m_world.editOnApricot());
        AC_TRY(show(m_world.apricot(), {u"status"_s, u"--short"_s}));
        step(u"commits once apricot"_s);
        AC_TRY(runOn(m_world.apricot()));
        step(u"Meanwhile somebody fixed something on plum:"_s);
        AC_TRY(m_world.editOnPlum());
        AC_TRY(show(m_world.plum(), {u"status"_s, u"--short"_s}));
        step(u"commits once plum   (the hub has moved on, so it is brought in line first)"_s);
        AC_TRY(runOn(m_world.plum()));
        step(u"commits once apricot"_s);
        AC_TRY(runOn(m_world.apricot()));
        step(u"Both machines and the hub now have the same history:"_s);
        AC_TRY(show(m_world.apricot(),
                    {u"log"_s, u"--oneline"_s, u"--decorate"_s, u"-7"_s, u"--stat=60"_s, u"--format=%h %s"_s,
                     u"--no-decorate"_s}));
        return compare();
    }

private:
    void say(const QString &text) const { m_terminal.outLine(text); }
    void step(const QString &text) const
    {
        m_terminal.outLine(u'\n'
                           + m_terminal.styled(Colour::Bold, u"$ "_s.repeated(text.startsWith("commits "_L1)) + text));
    }

    Status show(const QString &directory, const QStringList &arguments) const
    {
        AC_ASSIGN(const QString text, m_world.git(directory, arguments));
        for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
            m_terminal.outLine(u"  "_s + line);
        return {};
    }

    Status runOn(const QString &checkout) const
    {
        const RunParts parts{.tools = m_world.tools(),
                             .settings = m_defaults,
                             .clock = m_session.clock,
                             .story = m_story,
                             .options = {}};
        const RunReport report = runRepository(checkout, parts, m_session.cancel);
        m_terminal.out(reportText(report, m_terminal, m_paths));
        if (report.needsUser())
            return Error{ErrorKind::Internal, u"the demo did not go as it should: %1"_s.arg(report.reason)};
        return {};
    }

    Status compare() const
    {
        AC_ASSIGN(const QString apricot, m_world.git(m_world.apricot(), {u"rev-parse"_s, u"HEAD"_s}));
        AC_ASSIGN(const QString plum, m_world.git(m_world.plum(), {u"rev-parse"_s, u"HEAD"_s}));
        AC_ASSIGN(const QString hub, m_world.git(m_world.root() + u"/hub.git"_s, {u"rev-parse"_s, u"main"_s}));
        if (apricot != hub || plum != hub)
            return Error{ErrorKind::Internal,
                         u"the demo did not converge: apricot %1, plum %2, hub %3"_s.arg(apricot.left(10),
                                                                                         plum.left(10), hub.left(10))};
        m_terminal.outLine();
        say(u"Next: commits once --dry-run in a checkout of your own shows what would be committed there."_s);
        return {};
    }

    const Terminal &m_terminal;
    const Session &m_session;
    const DemoWorld &m_world;
    Paths m_paths;
    LoadedSettings m_defaults; ///< not the user's: the demo shows the same everywhere
    Story m_story;
};

} // namespace

int runDemo(const DemoCommand &command, Session &session)
{
    const Result<GitTools> tools = session.findGit();
    if (!tools)
        return reportError(session.terminal, tools.error());
    const auto world = DemoWorld::create(*tools, *session.processes, command.keep);
    if (!world)
        return reportError(session.terminal, world.error());
    Demo demo(session, **world);
    if (const Status ran = demo.run(); !ran)
        return reportError(session.terminal, ran.error());
    if (command.keep)
        session.terminal.outLine(u"Kept: "_s + (*world)->root());
    return ExitDone;
}

} // namespace AutoCommit
