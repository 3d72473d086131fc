#pragma once

#include "app/commandline.h"
#include "app/session.h"

namespace AutoCommit {

// One function a command, each in a file of its own. They answer the exit code.

int runOnce(const OnceCommand &command, Session &session);
int runDemo(const DemoCommand &command, Session &session);
int runScan(const ScanCommand &command, Session &session);
int runMessage(const MessageCommand &command, Session &session);
int runKeychain(const KeychainCommand &command, Session &session);
int runHook(const HookCommand &command, Session &session);
int runDoctor(const DoctorCommand &command, Session &session);
int runExplain(const ExplainCommand &command, Session &session);
int runList(const ListCommand &command, Session &session);
int runConfig(const ConfigCommand &command, Session &session);
int runStart(const StartCommand &command, Session &session);
int runDaemonCommand(const DaemonCommand &command, Session &session);
int runStatus(const StatusCommand &command, Session &session);
int runOverview(const OverviewCommand &command, Session &session);
int runLogs(const LogsCommand &command, Session &session);
int runPause(const PauseCommand &command, Session &session);
int runRepoCommand(const RepoCommand &command, Session &session);
int runService(const ServiceCommand &command, Session &session);
int runToken(const TokenCommand &command, Session &session);

} // namespace AutoCommit
