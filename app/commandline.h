#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QStringList>

#include <variant>

namespace AutoCommit {

struct OnceCommand
{
    QStringList paths;
    bool recursive = false;
    bool dryRun = false;
    bool noPush = false;
    bool noPull = false;
    bool json = false;
    QString remote; ///< URL of the daemon that writes the messages; empty: this machine does
};

struct DemoCommand
{
    bool keep = false; ///< leave the throw-away directory in place
};

struct ScanCommand
{
    QStringList paths;
    bool json = false;
    bool sarif = false;
    bool staged = false;
    bool fromStdin = false;
    QString range; ///< of commits
};

struct MessageCommand
{
    QString path;
    bool staged = false;
    QString hookFile; ///< as prepare-commit-msg: where the message goes
    QString hookSource; ///< as prepare-commit-msg: where git's own message comes from
};

struct HookCommand
{
    QString action; ///< "install" or "uninstall"
    QString path;
};

struct ExplainCommand
{
    QString path;
    bool json = false;
};

struct DoctorCommand
{
    QStringList paths;
    bool recursive = false;
    bool offline = false;
    bool json = false;
};

struct ListCommand
{
    enum class What { History, Errors };
    What what = What::History;
    QString repo;
    QString since;
    int limit = 50;
    bool json = false;
};

struct ConfigCommand
{
    QString action; ///< list, get, set, unset, validate, edit
    QString key;
    QString value;
    bool json = false;
};

struct StartCommand
{
    QStringList words; ///< an interval, if the first one reads as such, and paths
    bool recursive = false;
    QString name;
    int port = -1; ///< -1: the setting
    QString remote; ///< URL of another machine's daemon; empty: be one
    bool foreground = false;
    bool all = false; ///< the list `autostart` instead
    bool save = false; ///< put it into that list
    bool json = false;
};

struct DaemonCommand
{
    enum class What { Stop, Restart, Reload };
    What what = What::Stop;
    QString name; ///< empty: the only one
    bool all = false;
    bool json = false;
};

struct StatusCommand
{
    QString name;
    bool all = false;
    bool watch = false;
    bool json = false;
};

struct OverviewCommand
{
    enum class What { Repos, Cycles, Stats, Parity };
    What what = What::Repos;
    QString repo;
    int limit = 50;
    int days = 365;
    bool json = false;
};

struct LogsCommand
{
    bool follow = false;
    int lines = 100;
    bool json = false;
};

struct PauseCommand
{
    bool resume = false;
    QString repo; ///< empty: everything
    QString span; ///< empty: until resumed
    QString reason;
    bool json = false;
};

struct RepoCommand
{
    enum class What { Sync, Undo };
    What what = What::Sync;
    QString repo;
    QString sha; ///< empty: the newest
    bool json = false;
};

struct ServiceCommand
{
    QString action; ///< install, uninstall, status
    StartCommand start; ///< what the service runs
};

struct TokenCommand
{
    QString action; ///< list, create, revoke
    QString name;
    QStringList scopes;
    QString host; ///< the only one it may speak for; empty: any
    bool json = false;
};

struct KeychainCommand
{
    QString action; ///< store, check, remove
    QString name;
};

using Command = std::variant<OnceCommand, DemoCommand, ScanCommand, MessageCommand, HookCommand, ExplainCommand,
                             DoctorCommand, ListCommand, ConfigCommand, StartCommand, DaemonCommand, StatusCommand,
                             OverviewCommand, LogsCommand, PauseCommand, RepoCommand, ServiceCommand, TokenCommand, KeychainCommand>;

struct CommandLine
{
    Command command;
    QMap<QString, QString> settings; ///< --set KEY=VALUE
};

/// What to do instead of a command: print a text and leave.
struct PrintAndExit
{
    QString text;
    int exitCode = 0; ///< not 0: the text goes to stderr
};

/// Understands argv. Never exits and never throws.
std::variant<CommandLine, PrintAndExit> parseCommandLine(int argc, const char *const *argv);

} // namespace AutoCommit
