#include "app/commandlineraw.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// CLI11 names the check as well ("INT:INT in [0 - 9]"), and types where the program gives no name.
QString valueName(const CLI::Option &option)
{
    const QString name = text(option.get_type_name()).section(u':', 0, 0);
    if (option.get_items_expected_max() == 0 || option.get_positional())
        return {};
    return name == "INT"_L1 || name == "UINT"_L1 ? u"N"_s : name;
}

OptionHelp helpOf(const CLI::Option &option)
{
    OptionHelp help{.value = valueName(option),
                    .help = text(option.get_description()),
                    .standard = text(option.get_default_str()),
                    .positional = option.get_positional(),
                    .required = option.get_required(),
                    .many = option.get_items_expected_max() > 1};
    if (help.positional)
        help.names += text(option.get_name(true));
    for (const std::string &name : option.get_snames())
        help.names += u'-' + text(name);
    for (const std::string &name : option.get_lnames())
        help.names += u"--"_s + text(name);
    return help;
}

QList<OptionHelp> optionsOf(const CLI::App &app)
{
    QList<OptionHelp> options;
    for (const CLI::Option *option : app.get_options())
        if (!option->get_group().empty())
            options += helpOf(*option);
    return options;
}

} // namespace

ProgramHelp helpOf(const CLI::App &app)
{
    ProgramHelp help{.about = text(app.get_description()), .options = optionsOf(app), .commands = {}};
    for (const CLI::App *command : app.get_subcommands({}))
        if (!command->get_group().empty())
            help.commands += {.name = text(command->get_name()),
                              .group = text(command->get_group()),
                              .help = text(command->get_description()),
                              .options = optionsOf(*command)};
    return help;
}

} // namespace AutoCommit
