#include "app/commands.h"

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

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
           "compdef _commits commits\n"_s.arg(QStringList(words.keys()).join(u' '), cases);
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

int runCompletion(const CompletionCommand &command, Session &session)
{
    const QMap<QString, QStringList> words = completionWords();
    session.terminal.out(command.shell == u"bash"_s      ? bash(words)
                             : command.shell == u"zsh"_s ? zsh(words)
                                                         : fish(words));
    return ExitDone;
}

} // namespace AutoCommit
