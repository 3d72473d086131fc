#pragma once

#include "app/firstruncommands.h"
#include "app/gitdiffsource.h"
#include "app/keychainreader.h"
#include "app/trayagent.h"
#include "app/trayoptions.h"
#include "tray/icon/singleinstance.h"
#include "tray/icon/trayicon.h"
#include "tray/window/statewindow.h"

namespace AutoCommit {

/// What the program is made of before there is a window. Everything has to outlive the program.
struct TrayParts
{
    const TrayOptions &options;
    const QProcessEnvironment &environment;
    const Paths &paths;
    const LoadedSettings &loaded;
    const GitTools &git;
    const ProcessRunner &processes;
    const Clock &clock;
};

/// Where the daemon is, by all that is known.
Result<ApiEndpoint> endpointNow(const TrayParts &parts, const LoadedSettings &loaded);

/// One tray for each daemon: "tray" for the one that is found without being named, another name for each other address.
Result<QString> instanceName(const TrayParts &parts, const LoadedSettings &loaded);

/// The agent of this machine. Off unless asked for: two programs that commit one machine's checkouts would only stand
/// in each other's way.
Result<std::unique_ptr<TrayAgent>> makeTrayAgent(const TrayParts &parts, const LoadedSettings &loaded,
                                                 const QStringList &roots);

/// The parts of the running tray, each made once and handed to whoever needs it.
class TrayProgram
{
public:
    TrayProgram(const TrayParts &parts, const ApiEndpoint &endpoint, std::unique_ptr<TrayAgent> agent);
    ~TrayProgram();
    Q_DISABLE_COPY_MOVE(TrayProgram)

    /// Config: the checkouts of this machine are committed by another tray.
    Status start(SingleInstance &single);
    void stop(); ///< lets a commit that is being made finish

private:
    void connectParts();
    void open(WindowPage page);
    void lookForTray();
    void followDaemon();
    void askKeychain();
    Result<ApiEndpoint> endpointAsKnown() const; ///< with the token of the keychain
    void offerGuide();
    void openGuide();
    Status startAgent(const QStringList &folders);
    Status claimAgent();
    /// What the file says by now: the guide writes to it.
    LoadedSettings freshSettings() const;

    const TrayParts m_parts;
    CancelToken m_cancel;
    WorkLane m_lane;
    TrayMemory m_memory;
    ApiClient m_api;
    EventStream m_events;
    DaemonModel m_daemon;
    DaemonActions m_actions;
    Notifier m_notifier;
    GitDiffSource m_diffs;
    ProgramCommands m_commands;
    LoginSetting m_login;
    StateWindow m_window;
    SingleInstance m_agentPlace; ///< one agent for each machine, whichever daemon it asks
    bool m_isAgent = false;
    std::unique_ptr<TrayAgent> m_agent;
    TrayIcon m_tray;
    QPointer<QDialog> m_guide;
    KeychainReader m_keychain;
    ApiEndpoint m_kept; ///< what the keychain held for an address
    bool m_saidNoTray = false;
};

} // namespace AutoCommit
