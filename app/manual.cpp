#include "app/commandhelp.h"
#include "app/manpage.h"
#include "core/config/paths.h"
#include "core/config/settingspecs.h"

#include <array>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// "[-R]", "[--name NAME]", "PATH ...": as the usage line shows it.
QString usageOf(const OptionHelp &option)
{
    QString usage = option.positional ? ManPage::italic(option.names.first()) : ManPage::bold(option.names.first());
    if (!option.value.isEmpty())
        usage += u"\\ "_s + ManPage::italic(option.value);
    if (option.positional && option.many)
        usage += u"\\ ..."_s;
    return option.required ? usage : u'[' + usage + u']';
}

QString termOf(const OptionHelp &option)
{
    if (option.positional)
        return ManPage::italic(option.names.first());
    QStringList names;
    for (const QString &name : option.names)
        names += ManPage::bold(name);
    const QString value = option.value.isEmpty() ? QString() : u' ' + ManPage::italic(option.value);
    return names.join(u", "_s) + value;
}

QString meaningOf(const OptionHelp &option)
{
    return option.help + (option.standard.isEmpty() ? u"."_s : u" (default: %1)."_s.arg(option.standard));
}

/// Every command has it, and says so in one place.
bool isHelp(const OptionHelp &option)
{
    return option.names.contains(u"--help"_s) || option.names.contains(u"--help-all"_s);
}

void addCommands(ManPage &page, const ProgramHelp &program)
{
    page.section(u"OPTIONS"_s);
    page.paragraph(u"These may be given with every command:"_s);
    for (const OptionHelp &option : program.options)
        page.entry(termOf(option), meaningOf(option));
    page.section(u"COMMANDS"_s);
    QString group;
    for (const CommandHelp &command : program.commands) {
        if (group != command.group)
            page.subsection(group = command.group);
        QString usage = ManPage::bold(u"commits "_s + command.name);
        for (const OptionHelp &option : command.options)
            if (!isHelp(option))
                usage += u' ' + usageOf(option);
        page.entry(usage, command.help + u'.');
        for (const OptionHelp &option : command.options)
            if (!isHelp(option))
                page.entry(termOf(option), meaningOf(option), true);
    }
}

QString kindOf(const SettingSpec &spec)
{
    const QString standard = settingText(spec, Settings());
    const QString range = spec.rangeText();
    return u"%1%2; default: %3"_s.arg(spec.typeName(), range.isEmpty() ? QString() : u", "_s + range,
                                      standard.isEmpty() ? u"empty"_s : standard);
}

void addSettings(ManPage &page)
{
    page.section(u"SETTINGS"_s);
    page.paragraph(u"A setting is taken from the command line (`--set KEY=VALUE`), else from the environment "
                   "(`AUTO_COMMIT_` and the key in capitals), else from the configuration file, else from the default. "
                   "Sizes take K, M and G, durations s, m, h and d; lists are separated by commas."_s);
    page.paragraph(
        u"Below a directory, `directory_overrides` of the configuration file changes those marked \"directory\" "
        "or \"repository\"; for one checkout, `git config` changes those marked \"repository\" under the name "
        "given with them."_s);
    QString section;
    for (const SettingSpec &spec : settingSpecs()) {
        if (section != QLatin1StringView(spec.section))
            page.subsection(section = QString::fromLatin1(spec.section));
        const QString scope = spec.scope == SettingScope::Machine ? QString()
            : spec.scope == SettingScope::Directory               ? u" Directory."_s
                                                                  : u" Repository: `%1`."_s.arg(spec.gitConfigName());
        page.entry(ManPage::bold(spec.name()) + u" ("_s + ManPage::plain(kindOf(spec)) + u')',
                   QString::fromLatin1(spec.help) + scope);
    }
}

void addFiles(ManPage &page)
{
    QProcessEnvironment usual(QProcessEnvironment::Initialization{});
    usual.insert(u"HOME"_s, u"~"_s);
    const Paths paths(usual);
    const std::array<std::pair<QString, QString>, 6> files{{
        {paths.configFile(), u"The configuration, one JSON object: settings, `directory_overrides`, `autostart`."_s},
        {paths.configDir() + u"/daemons.json"_s, u"The daemons that run."_s},
        {paths.database(), u"The history (SQLite), unless `database_url` names another place."_s},
        {paths.activityLog(), u"What was done, in JSON Lines; a lost history is rebuilt from it."_s},
        {paths.log(), u"The log."_s},
        {u".git/auto-commit/"_s, u"In a checkout: index and journal of the run under way. Never committed."_s},
    }};
    page.section(u"FILES"_s);
    for (const auto &[file, meaning] : files)
        page.entry(ManPage::italic(file), meaning);
}

void addEnvironment(ManPage &page)
{
    const std::array<std::pair<QString, QString>, 7> variables{{
        {u"AUTO_COMMIT_<KEY>"_s, u"A setting, see above: `AUTO_COMMIT_PUSH=no`."_s},
        {u"AUTO_COMMIT_COORDINATOR_KEY"_s,
         u"API key of the model servers where `coordinator_key_file` names no file; counts before "
         "`coordinator_key_keychain`."_s},
        {u"AUTO_COMMIT_LOG"_s, u"Rules for what is logged, for instance `ac.git.debug=true`."_s},
        {u"HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_RUNTIME_DIR"_s, u"Where the files are, instead of below `~`."_s},
        {u"NO_COLOR, TERM"_s, u"No colours when `NO_COLOR` is not empty or `TERM` is `dumb`."_s},
        {u"VISUAL, EDITOR"_s, u"What `commits config edit` opens the configuration with."_s},
        {u"PATH"_s, u"Where git and its helpers are looked for, after `extra_path`."_s},
    }};
    page.section(u"ENVIRONMENT"_s);
    for (const auto &[variable, meaning] : variables)
        page.entry(ManPage::bold(variable), meaning);
}

} // namespace

QString manualPage()
{
    const ProgramHelp program = programHelp();
    ManPage page(u"commits"_s, u"keep git checkouts committed and in step"_s);
    page.section(u"SYNOPSIS"_s);
    page.line(ManPage::bold(u"commits"_s) + u' ' + ManPage::italic(u"command"_s) + u" [options]"_s);
    page.section(u"DESCRIPTION"_s);
    page.paragraph(program.about);
    page.paragraph(u"`commits demo` shows it on throw-away repositories; `commits once --dry-run` says what would be "
                   "committed here, and changes nothing."_s);
    addCommands(page, program);
    addSettings(page);
    addFiles(page);
    addEnvironment(page);
    page.section(u"EXIT STATUS"_s);
    page.entry(ManPage::bold(u"0"_s), u"Done, or there was nothing to do."_s);
    page.entry(ManPage::bold(u"1"_s), u"Something failed or needs you; for `commits scan`: something was found."_s);
    page.entry(ManPage::bold(u"2"_s), u"Wrong usage or configuration."_s);
    page.section(u"SEE ALSO"_s);
    page.line(ManPage::bold(u"commits-tray"_s) + u"(1), "_s + ManPage::bold(u"git"_s) + u"(1)"_s);
    return page.roff();
}

} // namespace AutoCommit
