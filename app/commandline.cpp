#include "app/commandline.h"

#include "app/commandlineraw.h"
#include "core/base/nearest.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

constexpr auto about = "Keeps git checkouts committed in small, well-described commits and in step through one hub.\n"
                       "It never commits a secret, never forces, and leaves what you staged alone.";
constexpr auto footer = "Start here:\n"
                        "  commits demo               watch it work on throw-away repositories\n"
                        "  commits once --dry-run     what would be committed here; changes nothing\n"
                        "  commits once ~/code -R     commit, pull and push every checkout below ~/code\n"
                        "  commits start -R ~/code    keep doing that in the background\n"
                        "\n"
                        "Exit code: 0 done, 1 something failed or needs you, 2 wrong usage or configuration.";

/// Builds the tree of commands and remembers which one was given.
class Parser
{
public:
    /// With the name of a command only as far as that one is in it: the whole tree takes longer to build than
    /// `commits once` takes over a clean checkout.
    explicit Parser(const std::string &upTo = {})
        : m_app(about, "commits")
    {
        m_app.set_version_flag("-V,--version", "commits " AC_VERSION);
        m_app.set_help_all_flag("--help-all", "Help for every command");
        m_app.footer(footer);
        m_app.require_subcommand(1);
        m_app.fallthrough();
        m_app.add_option("--set", m_raw.settings, "Override a setting for this run (see `commits config list`)")
            ->type_name("KEY=VALUE")
            ->take_all()
            ->allow_extra_args(false); // one each time: what follows belongs to the command
        const AddCommand adder
            = [this](const char *group, const char *name, const char *help, std::function<Command()> make) {
                  return add(group, name, help, std::move(make));
              };
        const std::array<std::function<void()>, 8> parts{[&] { addMain(); },
                                                         [&] { declareDaemonCommands(adder, m_raw); },
                                                         [&] { declareTokens(adder, m_raw); },
                                                         [&] { addLooking(); },
                                                         [&] { declareOverviews(adder, m_raw); },
                                                         [&] { addSettingUp(); },
                                                         [&] { declareService(adder, m_raw); },
                                                         [&] { declareKeychain(adder, m_raw); }};
        const auto isIt = [&](const CLI::App *command) { return command->check_name(upTo); };
        for (const auto &declare : parts) {
            declare();
            if (!upTo.empty() && !std::as_const(m_app).get_subcommands(isIt).empty())
                break;
        }
    }

    CLI::App &app() { return m_app; }
    const Raw &raw() const { return m_raw; }
    Command command() const { return m_make(); }
    /// What a command that only prints a text about this program prints; empty for every other.
    QString ownText() const { return m_print ? m_print() : QString(); }

private:
    CLI::App *add(const char *group, const char *name, const char *help, std::function<Command()> make)
    {
        CLI::App *command = m_app.add_subcommand(name, help);
        command->group(group);
        command->callback([this, make = std::move(make)] { m_make = make; });
        return command;
    }

    /// Needs no configuration: a broken one must not break the shell that reads its completion at every start.
    CLI::App *addPrinting(const char *group, const char *name, const char *help, std::function<QString()> print)
    {
        CLI::App *command = m_app.add_subcommand(name, help);
        command->group(group);
        command->callback([this, print = std::move(print)] { m_print = print; });
        return command;
    }

    void addMain()
    {
        CLI::App *demo
            = add("Commands", "demo", "Watch it work on a throw-away hub and two checkouts; touches nothing else",
                  [this] { return DemoCommand{.keep = m_raw.keep}; });
        demo->add_flag("--keep", m_raw.keep, "Leave the repositories in place and say where they are");

        CLI::App *once = add("Commands", "once", "Commit, pull and push now, then leave", [this] {
            return OnceCommand{.paths = texts(m_raw.paths),
                               .recursive = m_raw.recursive,
                               .dryRun = m_raw.dryRun,
                               .noPush = m_raw.noPush,
                               .noPull = m_raw.noPull,
                               .json = m_raw.json,
                               .remote = text(m_raw.remote)};
        });
        once->add_option("--remote", m_raw.remote,
                         "Have the daemon at this URL write the messages, and tell it what was committed")
            ->type_name("URL");
        once->add_option("PATH", m_raw.paths, "Checkouts, or with -R directories to look below (default: here)");
        once->add_flag("-R,--recursive", m_raw.recursive, "Take every checkout at or below each PATH");
        once->add_flag("-n,--dry-run", m_raw.dryRun, "Print the planned commits and change nothing");
        once->add_flag("--no-push", m_raw.noPush, "Commit, but do not push");
        once->add_flag("--no-pull", m_raw.noPull, "Do not take over the hub's commits");
        once->add_flag("--json", m_raw.json, "One JSON object on stdout");

        CLI::App *message = add("Commands", "message", "Print a commit message for the current change", [this] {
            return MessageCommand{.path = text(m_raw.path), .staged = m_raw.staged, .hookFile = {}, .hookSource = {}};
        });
        message->add_option("PATH", m_raw.path, "The checkout (default: here)");
        message->add_flag("--staged", m_raw.staged, "Describe what is staged, not the whole change");

        CLI::App *scan = add("Commands", "scan", "Look for secrets with the rules that guard every commit", [this] {
            return ScanCommand{.paths = texts(m_raw.paths),
                               .json = m_raw.json,
                               .sarif = m_raw.sarif,
                               .staged = m_raw.staged,
                               .fromStdin = m_raw.fromStdin,
                               .range = text(m_raw.range)};
        });
        scan->add_option("PATH", m_raw.paths, "Files and directories (default: here)");
        scan->add_flag("--staged", m_raw.staged, "Scan what is staged (for a pre-commit hook)");
        scan->add_option("--range", m_raw.range, "Scan what these commits bring, for instance origin/main..HEAD")
            ->type_name("A..B");
        scan->add_flag("--stdin", m_raw.fromStdin, "Scan standard input");
        scan->add_flag("--json", m_raw.json, "One JSON object on stdout");
        scan->add_flag("--sarif", m_raw.sarif, "SARIF 2.1.0 on stdout");
    }

    void addLooking()
    {
        CLI::App *explain = add("Looking back", "explain", "Why a checkout was or was not committed, pulled, pushed",
                                [this] { return ExplainCommand{.path = text(m_raw.path), .json = m_raw.json}; });
        explain->add_option("REPO", m_raw.path, "The checkout (default: here)");
        explain->add_flag("--json", m_raw.json, "One JSON object on stdout");

        CLI::App *doctor = add("Looking back", "doctor",
                               "What will break: git, hub, keys, hooks, models, disk; and what to do", [this] {
                                   return DoctorCommand{.paths = texts(m_raw.paths),
                                                        .recursive = m_raw.recursive,
                                                        .offline = m_raw.offline,
                                                        .json = m_raw.json};
                               });
        doctor->add_option("REPO", m_raw.paths, "Checkouts to look at as well (default: the one here, if any)");
        doctor->add_flag("-R,--recursive", m_raw.recursive, "Take every checkout at or below each REPO");
        doctor->add_flag("--offline", m_raw.offline, "Ask neither hub nor models");
        doctor->add_flag("--json", m_raw.json, "One JSON object on stdout");

        addList("history", "The commits auto-commit made, newest first", ListCommand::What::History);
        addList("errors", "What went wrong, grouped by cause", ListCommand::What::Errors);
    }

    void addList(const char *name, const char *help, ListCommand::What what)
    {
        CLI::App *list = add("Looking back", name, help, [this, what] {
            return ListCommand{.what = what,
                               .repo = text(m_raw.path),
                               .since = text(m_raw.since),
                               .limit = m_raw.limit,
                               .json = m_raw.json};
        });
        list->add_option("REPO", m_raw.path, "Only this checkout");
        list->add_option("--since", m_raw.since, "Only from this time on: 2h, 3d or 2026-01-31")->type_name("TIME");
        list->add_option("-n,--limit", m_raw.limit, "At most this many rows")
            ->check(CLI::Range(1, 100000))
            ->capture_default_str();
        list->add_flag("--json", m_raw.json, "One JSON object on stdout");
    }

    void addSettingUp()
    {
        CLI::App *config = add("Setting up", "config", "Show and change settings", [this] {
            return ConfigCommand{
                .action = text(m_raw.text), .key = text(m_raw.key), .value = text(m_raw.value), .json = m_raw.json};
        });
        config
            ->add_option("ACTION", m_raw.text,
                         "list, get KEY, set KEY VALUE, unset KEY, add KEY ENTRY, remove KEY ENTRY, edit or validate")
            ->check(CLI::IsMember({"list", "get", "set", "unset", "add", "remove", "edit", "validate"}))
            ->default_val("list")
            ->type_name("ACTION");
        config->add_option("KEY", m_raw.key, "Name of a setting");
        config->add_option("VALUE", m_raw.value, "Its new value, or one entry of a list");
        config->add_flag("--json", m_raw.json, "One JSON object on stdout");

        CLI::App *hook
            = add("Setting up", "hook", "Let `git commit` start with a written message (prepare-commit-msg)", [this] {
                  return m_raw.text == "run"
                      ? Command(MessageCommand{.path = {},
                                               .staged = true,
                                               .hookFile = text(m_raw.path),
                                               .hookSource = texts(m_raw.paths).value(0)})
                      : Command(HookCommand{.action = text(m_raw.text), .path = text(m_raw.path)});
              });
        hook->add_option("ACTION", m_raw.text, "install or uninstall")
            ->required()
            ->check(CLI::IsMember({"install", "uninstall", "run"}))
            ->type_name("ACTION");
        hook->add_option("PATH", m_raw.path, "The checkout (default: here)");
        hook->add_option("ARGS", m_raw.paths, "What git hands to the hook")->group("");

        CLI::App *completion = addPrinting("Setting up", "completion", "Print the tab completion of a shell",
                                           [this] { return completionScript(text(m_raw.text)); });
        completion->add_option("SHELL", m_raw.text, "bash, zsh or fish")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish"}))
            ->type_name("SHELL");
        addPrinting("", "man", "Print commits(1) in roff", manualPage); // hidden: packages are made with it
    }

    CLI::App m_app;
    Raw m_raw;
    std::function<Command()> m_make;
    std::function<QString()> m_print;
};

Result<QMap<QString, QString>> parseSettings(const QStringList &given)
{
    QMap<QString, QString> settings;
    for (const QString &entry : given) {
        const qsizetype equals = entry.indexOf(u'=');
        if (equals <= 0)
            return Error{ErrorKind::Usage, u"--set takes KEY=VALUE, not \"%1\""_s.arg(entry)};
        settings.insert(entry.left(equals), entry.sliced(equals + 1));
    }
    return settings;
}

PrintAndExit usage(const QString &what, const QString &command)
{
    return {.text = u"commits: error: %1\nTry `commits %2--help`.\n"_s.arg(
                what, command.isEmpty() ? QString() : command + u' '),
            .exitCode = 2};
}

} // namespace

std::variant<CommandLine, PrintAndExit> parseCommandLine(int argc, const char *const *argv)
{
    const bool all
        = std::any_of(argv, argv + argc, [](const char *word) { return word == std::string_view("--help-all"); });
    const auto parser = std::make_unique<Parser>(all || argc < 2 ? "" : argv[1]);
    CLI::App &app = parser->app();
    const auto chosen = [&] {
        const auto subcommands = app.get_subcommands();
        return subcommands.empty() ? QString() : text(subcommands.front()->get_name());
    };
    if (const QString word = argc > 1 ? text(argv[1]) : QString(); !word.isEmpty() && !word.startsWith(u'-')) {
        const auto isMeant = [&](const CLI::App *command) { return command->check_name(argv[1]); };
        if (std::as_const(app).get_subcommands(isMeant).empty()) {
            QStringList commands;
            for (const CommandHelp &command : helpOf(app).commands)
                commands += command.name;
            const QString near = nearestOf(word, commands);
            return usage(u"there is no command \"%1\"%2"_s.arg(
                             word, near.isEmpty() ? QString() : u"; did you mean \"%1\"?"_s.arg(near)),
                         {});
        }
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp &) {
        const auto subcommands = app.get_subcommands();
        return PrintAndExit{.text = text(subcommands.empty() ? app.help() : subcommands.front()->help("commits"))};
    } catch (const CLI::CallForAllHelp &) {
        return PrintAndExit{.text = text(app.help("", CLI::AppFormatMode::All))};
    } catch (const CLI::CallForVersion &) {
        return PrintAndExit{.text = QStringLiteral("commits " AC_VERSION "\n")};
    } catch (const CLI::ParseError &problem) {
        return usage(text(problem.what()).trimmed(), chosen());
    }
    const Result<QMap<QString, QString>> settings = parseSettings(texts(parser->raw().settings));
    if (!settings)
        return usage(settings.error().message, chosen());
    if (const QString text = parser->ownText(); !text.isEmpty())
        return PrintAndExit{.text = text};
    return CommandLine{.command = parser->command(), .settings = *settings};
}

ProgramHelp programHelp()
{
    Parser parser;
    return helpOf(parser.app());
}

} // namespace AutoCommit
