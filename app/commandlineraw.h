#pragma once

#include "app/commandhelp.h"
#include "app/commandline.h"

#include <CLI/CLI.hpp>

#include <functional>

// What the declarations of the commands share.

namespace AutoCommit {

/// The texts CLI11 fills; turned into Qt's types when the command is known.
struct Raw
{
    std::vector<std::string> paths;
    std::vector<std::string> settings;
    std::string path;
    std::string text;
    std::string key;
    std::string value;
    int limit = 50;
    bool recursive = false;
    bool dryRun = false;
    bool noPush = false;
    bool noPull = false;
    bool json = false;
    bool sarif = false;
    bool staged = false;
    bool fromStdin = false;
    bool keep = false;
    bool offline = false;
    std::string range;
    std::string since;
    std::string remote;
    std::string host;
    std::vector<std::string> scopes;
    std::string name;
    std::string reason;
    std::string span;
    std::string interval;
    int port = -1;
    int days = 365;
    bool all = false;
    bool watch = false;
    bool follow = false;
    bool foreground = false;
    bool save = false;
};

/// Adds a command to the tree: group, name, help, and what makes the Command of it once it is given.
using AddCommand = std::function<CLI::App *(const char *, const char *, const char *, std::function<Command()>)>;

void declareDaemonCommands(const AddCommand &add, Raw &raw); ///< start, stop, pause, sync, ...
void declareTokens(const AddCommand &add, Raw &raw);
void declareOverviews(const AddCommand &add, Raw &raw); ///< status, repos, cycles, logs, stats
void declareService(const AddCommand &add, Raw &raw);
void declareKeychain(const AddCommand &add, Raw &raw);

ProgramHelp helpOf(const CLI::App &app);

inline QString text(const std::string &value)
{
    return QString::fromLocal8Bit(value.data(), static_cast<qsizetype>(value.size()));
}

inline QStringList texts(const std::vector<std::string> &values)
{
    QStringList list;
    for (const std::string &value : values)
        list += text(value);
    return list;
}

/// For what an unset shell variable must not widen: `pause "$REPO"` is not to pause everything.
inline CLI::Validator notEmpty()
{
    return {[](std::string &value) { return value.empty() ? std::string("is empty; leave it away or name one") : ""; },
            ""};
}

} // namespace AutoCommit
