#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace AutoCommit {

struct OptionHelp
{
    QStringList names; ///< "-R", "--recursive"; of a positional one its name
    QString value; ///< what is to be given with it; empty: nothing
    QString help;
    QString standard; ///< what holds without it, where the help does not say so
    bool positional = false;
    bool required = false;
    bool many = false;
};

struct CommandHelp
{
    QString name;
    QString group;
    QString help;
    QList<OptionHelp> options;
};

/// The declarations behind --help, without what is hidden there. The manual and the completions are made from it.
struct ProgramHelp
{
    QString about;
    QList<OptionHelp> options; ///< of every command
    QList<CommandHelp> commands; ///< in the order of --help
};

ProgramHelp programHelp();

/// The tab completion of "bash", "zsh" or "fish".
QString completionScript(const QString &shell);

/// commits(1) in roff.
QString manualPage();

} // namespace AutoCommit
