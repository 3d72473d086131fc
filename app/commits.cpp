#include "app/commands.h"
#include "core/base/coredump.h"

#include <QCoreApplication>

#include <clocale>

using namespace AutoCommit;

namespace {

struct Runner
{
    Session &session;

    int operator()(const OnceCommand &command) const { return runOnce(command, session); }
    int operator()(const DemoCommand &command) const { return runDemo(command, session); }
    int operator()(const ScanCommand &command) const { return runScan(command, session); }
    int operator()(const MessageCommand &command) const { return runMessage(command, session); }
    int operator()(const HookCommand &command) const { return runHook(command, session); }
    int operator()(const KeychainCommand &command) const { return runKeychain(command, session); }
    int operator()(const DoctorCommand &command) const { return runDoctor(command, session); }
    int operator()(const ExplainCommand &command) const { return runExplain(command, session); }
    int operator()(const ListCommand &command) const { return runList(command, session); }
    int operator()(const ConfigCommand &command) const { return runConfig(command, session); }
    int operator()(const StartCommand &command) const { return runStart(command, session); }
    int operator()(const DaemonCommand &command) const { return runDaemonCommand(command, session); }
    int operator()(const StatusCommand &command) const { return runStatus(command, session); }
    int operator()(const OverviewCommand &command) const { return runOverview(command, session); }
    int operator()(const LogsCommand &command) const { return runLogs(command, session); }
    int operator()(const PauseCommand &command) const { return runPause(command, session); }
    int operator()(const RepoCommand &command) const { return runRepoCommand(command, session); }
    int operator()(const ServiceCommand &command) const { return runService(command, session); }
    int operator()(const TokenCommand &command) const { return runToken(command, session); }
};

/// Who has to look, or to stop an unattended committer, can do so whatever the configuration file says; what commits
/// does not guess what its owner wanted.
struct WorksWithDefaults
{
    bool operator()(const DaemonCommand &command) const { return command.what == DaemonCommand::What::Stop; }
    bool operator()(const PauseCommand &) const { return true; }
    bool operator()(const StatusCommand &) const { return true; }
    bool operator()(const OverviewCommand &) const { return true; }
    bool operator()(const ListCommand &) const { return true; }
    bool operator()(const LogsCommand &) const { return true; }
    bool operator()(const DoctorCommand &) const { return true; }
    template <typename Other> bool operator()(const Other &) const { return false; }
};

} // namespace

int main(int argc, char **argv)
{
    leaveNoCoreDump();
    auto parsed = parseCommandLine(argc, argv);
    if (const auto *text = std::get_if<PrintAndExit>(&parsed)) {
        const Terminal terminal;
        text->exitCode == ExitDone ? terminal.out(text->text) : terminal.err(text->text);
        return text->exitCode;
    }
    QCoreApplication application(argc, argv);
    const CommandLine &line = std::get<CommandLine>(parsed);
    const bool goesOn = std::visit(WorksWithDefaults(), line.command);
    const Result<std::unique_ptr<Session>> session
        = Session::open(line.settings, goesOn ? Session::BrokenFile::Defaults : Session::BrokenFile::Refuse);
    if (!session)
        return reportError(Terminal(), session.error());
    const int exitCode = std::visit(Runner{**session}, line.command);
    if ((*session)->terminal.outIsGood() || (*session)->terminal.outWasClosed())
        return exitCode;
    return reportError((*session)->terminal,
                       {ErrorKind::IoError, QStringLiteral("standard output could not be written")});
}
