#include "app/commandhelp.h"

#include <QMap>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The words a shell can complete: command -> its options and fixed values.
QMap<QString, QStringList> completionWords()
{
    QMap<QString, QStringList> words;
    for (const CommandHelp &command : programHelp().commands) {
        QStringList &list = words[command.name];
        for (const OptionHelp &option : command.options)
            for (const QString &name : option.names)
                if (name.startsWith("--"_L1))
                    list += name;
    }
    words[u"config"_s] += {u"list"_s, u"get"_s, u"set"_s, u"unset"_s, u"add"_s, u"remove"_s, u"edit"_s, u"validate"_s};
    words[u"service"_s] += {u"install"_s, u"uninstall"_s, u"status"_s};
    words[u"hook"_s] += {u"install"_s, u"uninstall"_s};
    words[u"completion"_s] += {u"bash"_s, u"zsh"_s, u"fish"_s};
    return words;
}

QString bash(const QMap<QString, QStringList> &words)
{
    QString cases;
    for (auto it = words.begin(); it != words.end(); ++it)
        cases += u"        %1) words=\"%2\" ;;\n"_s.arg(it.key(), it->join(u' '));
    return u"_commits() {\n"
           "    local cur=\"${COMP_WORDS[COMP_CWORD]}\" command=\"\" words i\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case \"${COMP_WORDS[i]}\" in -*) ;; *) command=\"${COMP_WORDS[i]}\"; break ;; esac\n"
           "    done\n"
           "    case \"$command\" in\n"
           "        \"\") words=\"%1 --help --version\" ;;\n"
           "%2"
           "        *) words=\"\" ;;\n"
           "    esac\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\") $([[ -n $command && $cur != -* ]] && compgen -d -- "
           "\"$cur\"))\n"
           "}\n"
           "complete -o filenames -F _commits commits\n"_s.arg(QStringList(words.keys()).join(u' '), cases);
}

QString zsh(const QMap<QString, QStringList> &words)
{
    QString cases;
    for (auto it = words.begin(); it != words.end(); ++it)
        cases += u"            %1) compadd -- %2; _files -/ ;;\n"_s.arg(it.key(), it->join(u' '));
    return u"#compdef commits\n"
           "_commits() {\n"
           "    if ((CURRENT == 2)); then\n"
           "        compadd -- %1 --help --version\n"
           "    else\n"
           "        case $words[2] in\n"
           "%2"
           "        esac\n"
           "    fi\n"
           "}\n"
           "if [[ $funcstack[1] == _commits ]]; then\n" // found in fpath: this very call has to complete
           "    _commits \"$@\"\n"
           "else\n"
           "    compdef _commits commits\n"
           "fi\n"_s.arg(QStringList(words.keys()).join(u' '), cases);
}

QString fish(const QMap<QString, QStringList> &words)
{
    QString text
        = u"complete -c commits -n __fish_use_subcommand -f -a '%1'\n"_s.arg(QStringList(words.keys()).join(u' '));
    for (auto it = words.begin(); it != words.end(); ++it) {
        for (const QString &word : it.value()) {
            const QString what = word.startsWith("--"_L1) ? u"-l "_s + word.sliced(2) : u"-f -a "_s + word;
            text += u"complete -c commits -n '__fish_seen_subcommand_from %1' %2\n"_s.arg(it.key(), what);
        }
    }
    return text;
}

} // namespace

QString completionScript(const QString &shell)
{
    const QMap<QString, QStringList> words = completionWords();
    if (shell == u"bash"_s)
        return bash(words);
    return shell == u"zsh"_s ? zsh(words) : fish(words);
}

} // namespace AutoCommit
