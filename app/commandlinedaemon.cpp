#include "app/commandlineraw.h"

namespace AutoCommit {

namespace {

constexpr auto group = "The daemon";
constexpr auto looking = "Looking back";

StartCommand startCommand(const Raw &raw)
{
    return {.words = texts(raw.paths),
            .recursive = raw.recursive,
            .name = text(raw.name),
            .port = raw.port,
            .remote = text(raw.remote),
            .foreground = raw.foreground,
            .all = raw.all,
            .save = raw.save,
            .json = raw.json};
}

void addStartOptions(CLI::App *command, Raw &raw)
{
    command->add_flag("-R,--recursive", raw.recursive, "Take every checkout at or below each PATH");
    command->add_option("--name", raw.name, "What this daemon is called, when there are several")->type_name("NAME");
    command->add_option("--port", raw.port, "Port of its HTTP API (default: the setting api_port)")
        ->check(CLI::Range(0, 65535));
    command
        ->add_option("--remote", raw.remote, "Be the agent of this daemon: its models describe, this machine commits")
        ->type_name("URL");
}

void declareLifecycle(const AddCommand &add, Raw &raw)
{
    const auto declare = [&](const char *name, const char *help, DaemonCommand::What what) {
        CLI::App *command = add(group, name, help, [&raw, what] {
            return DaemonCommand{.what = what, .name = text(raw.name), .all = raw.all, .json = raw.json};
        });
        command->add_option("NAME", raw.name, "Which daemon (default: the only one)");
        command->add_flag("--all", raw.all, "Every daemon");
        command->add_flag("--json", raw.json, "One JSON object on stdout");
    };
    declare("stop", "Stop a daemon; what it is doing gets ten seconds", DaemonCommand::What::Stop);
    declare("restart", "Stop a daemon and start it again as it was", DaemonCommand::What::Restart);
    declare("reload", "Let a daemon read its settings again", DaemonCommand::What::Reload);
}

void declarePause(const AddCommand &add, Raw &raw)
{
    CLI::App *pause = add(group, "pause", "Let a repository, or everything, alone; survives restarts", [&raw] {
        return PauseCommand{.resume = false,
                            .repo = text(raw.path),
                            .span = text(raw.span),
                            .reason = text(raw.reason),
                            .json = raw.json};
    });
    pause->add_option("REPO", raw.path, "The checkout (default: everything)")->check(notEmpty());
    pause->add_option("--for", raw.span, "How long: 15m, 2h, 1d (default: until resumed)")->type_name("TIME");
    pause->add_option("--reason", raw.reason, "Shown wherever the pause is")->type_name("TEXT");
    pause->add_flag("--json", raw.json, "One JSON object on stdout");

    CLI::App *resume = add(group, "resume", "Lift a pause", [&raw] {
        return PauseCommand{.resume = true, .repo = text(raw.path), .span = {}, .reason = {}, .json = raw.json};
    });
    resume->add_option("REPO", raw.path, "The checkout (default: the pause of everything)")->check(notEmpty());
    resume->add_flag("--json", raw.json, "One JSON object on stdout");
}

} // namespace

void declareDaemonCommands(const AddCommand &add, Raw &raw)
{
    CLI::App *start
        = add(group, "start", "Keep checkouts committed in the background", [&raw] { return startCommand(raw); });
    start->add_option("INTERVAL|PATH", raw.paths,
                      "How often (90s, 5m, 1h), then checkouts or directories (default: here)");
    addStartOptions(start, raw);
    start->add_flag("--foreground", raw.foreground, "Stay in this terminal (for systemd and launchd)");
    start->add_flag("--save", raw.save, "Also put it into the list `autostart` of the configuration file");
    CLI::Option *all = start->add_flag("--all", raw.all, "Start every daemon of that list that does not run yet");
    for (const char *other : {"INTERVAL|PATH", "--recursive", "--name", "--port", "--foreground", "--save"})
        all->excludes(start->get_option(other));
    start->add_flag("--json", raw.json, "One JSON object on stdout");

    declareLifecycle(add, raw);
    declarePause(add, raw);

    CLI::App *sync = add(group, "sync", "Commit, pull and push one checkout now", [&raw] {
        return RepoCommand{.what = RepoCommand::What::Sync, .repo = text(raw.path), .sha = {}, .json = raw.json};
    });
    sync->add_option("REPO", raw.path, "The checkout (default: here)")->check(notEmpty());
    sync->add_flag("--json", raw.json, "One JSON object on stdout");

    CLI::App *undo = add(group, "undo", "Take back a commit auto-commit made; nothing uncommitted is touched", [&raw] {
        return RepoCommand{
            .what = RepoCommand::What::Undo, .repo = text(raw.path), .sha = text(raw.value), .json = raw.json};
    });
    undo->add_option("REPO", raw.path, "The checkout (default: here)")->check(notEmpty());
    undo->add_option("SHA", raw.value, "Which commit (default: the newest of auto-commit)")->check(notEmpty());
    undo->add_flag("--json", raw.json, "One JSON object on stdout");
}

void declareTokens(const AddCommand &add, Raw &raw)
{
    CLI::App *token = add(group, "token", "The tokens that let other machines ask this daemon", [&raw] {
        return TokenCommand{.action = text(raw.text),
                            .name = text(raw.name),
                            .scopes = texts(raw.scopes),
                            .host = text(raw.host),
                            .json = raw.json};
    });
    token->add_option("ACTION", raw.text, "list, create NAME or revoke NAME")
        ->check(CLI::IsMember({"list", "create", "revoke"}))
        ->default_val("list")
        ->type_name("ACTION");
    token->add_option("NAME", raw.name, "What the token is called, for instance the machine's name");
    token->add_option("--scope", raw.scopes, "monitor, generate, record, control (default: what an agent needs)")
        ->delimiter(',')
        ->check(CLI::IsMember({"monitor", "generate", "record", "control"}))
        ->type_name("SCOPE");
    token->add_option("--host", raw.host, "The only host it may report for")->type_name("HOST");
    token->add_flag("--json", raw.json, "One JSON object on stdout");
}

void declareOverviews(const AddCommand &add, Raw &raw)
{
    CLI::App *status = add(looking, "status", "Daemons, the last cycle, and what waits for you", [&raw] {
        return StatusCommand{.name = text(raw.name), .all = raw.all, .watch = raw.watch, .json = raw.json};
    });
    status->add_option("NAME", raw.name, "Only this daemon");
    status->add_flag("--all", raw.all, "Also every repository");
    status->add_flag("-w,--watch", raw.watch, "Show it again every two seconds");
    status->add_flag("--json", raw.json, "One JSON object on stdout");

    const auto overview = [&](const char *name, const char *help, OverviewCommand::What what) {
        CLI::App *command = add(looking, name, help, [&raw, what] {
            return OverviewCommand{
                .what = what, .repo = text(raw.path), .limit = raw.limit, .days = raw.days, .json = raw.json};
        });
        command->add_flag("--json", raw.json, "One JSON object on stdout");
        return command;
    };
    overview("repos", "Every repository and where it stands", OverviewCommand::What::Repos);
    overview("cycles", "The cycles of the daemons, newest first", OverviewCommand::What::Cycles)
        ->add_option("-n,--limit", raw.limit, "At most this many rows")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    overview("parity", "The same repositories on every host: branch, HEAD, who is behind",
             OverviewCommand::What::Parity);
    CLI::App *stats = overview("stats", "Commits by day, by source and by repository", OverviewCommand::What::Stats);
    stats->add_option("REPO", raw.path, "Only this checkout");
    stats->add_option("--days", raw.days, "How far back")->check(CLI::Range(1, 3660))->capture_default_str();

    CLI::App *logs = add(looking, "logs", "What the log file says",
                         [&raw] { return LogsCommand{.follow = raw.follow, .lines = raw.limit, .json = raw.json}; });
    CLI::Option *follow = logs->add_flag("-f,--follow", raw.follow, "Go on as it grows");
    logs->add_flag("--json", raw.json, "One JSON object on stdout")->excludes(follow);
    logs->add_option("-n,--lines", raw.limit, "So many from the end")->check(CLI::Range(0, 1000000));
}

void declareService(const AddCommand &add, Raw &raw)
{
    CLI::App *service = add("Setting up", "service", "Let the system keep a daemon running (systemd, launchd)",
                            [&raw] { return ServiceCommand{.action = text(raw.text), .start = startCommand(raw)}; });
    service->add_option("ACTION", raw.text, "install, uninstall or status")
        ->required()
        ->check(CLI::IsMember({"install", "uninstall", "status"}))
        ->type_name("ACTION");
    service->add_option("INTERVAL|PATH", raw.paths, "As for `commits start` (default: your home directory's ~/code)");
    addStartOptions(service, raw);
}

void declareKeychain(const AddCommand &add, Raw &raw)
{
    CLI::App *keychain = add("Setting up", "keychain", "Keep an API key or a token in the desktop's keychain",
                             [&raw] { return KeychainCommand{.action = text(raw.text), .name = text(raw.name)}; });
    keychain
        ->add_option("ACTION", raw.text,
                     "store (reads the secret from standard input, not shown as it is typed), check or remove")
        ->required()
        ->check(CLI::IsMember({"store", "check", "remove"}))
        ->type_name("ACTION");
    keychain
        ->add_option("NAME", raw.name,
                     "Name of the entry; the URL of a daemon, for this machine's token there (default: coordinator)")
        ->check(notEmpty());
}

} // namespace AutoCommit
