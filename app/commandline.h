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

struct CompletionCommand
{
    QString shell;
};

using Command = std::variant<OnceCommand, DemoCommand, ScanCommand, MessageCommand, HookCommand, ExplainCommand,
                             ListCommand, ConfigCommand, CompletionCommand>;

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

/// The words a shell can complete: command -> its options and fixed values. Made from the same declaration.
QMap<QString, QStringList> completionWords();

} // namespace AutoCommit
