#include "core/git/argvguard.h"

#include <algorithm>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// The commands this program has a use for; anything else is a mistake, whatever its options.
const QStringList allowedCommands{
    u"add"_s,          u"cat-file"_s,   u"check-attr"_s,   u"commit-tree"_s, u"config"_s,     u"diff-index"_s,
    u"diff-tree"_s,    u"fetch"_s,      u"for-each-ref"_s, u"hash-object"_s, u"hook"_s,       u"log"_s,
    u"ls-files"_s,     u"ls-remote"_s,  u"ls-tree"_s,      u"merge-base"_s,  u"merge-tree"_s, u"push"_s,
    u"read-tree"_s,    u"reset"_s,      u"rev-list"_s,     u"rev-parse"_s,   u"status"_s,     u"tag"_s,
    u"update-index"_s, u"update-ref"_s, u"var"_s,          u"version"_s,     u"write-tree"_s, u"checkout-index"_s,
    u"fsck"_s,
};

/// Refused with every command.
const QStringList forbiddenAnywhere{
    u"--force"_s,
    u"--force-with-lease"_s,
    u"--force-if-includes"_s,
    u"--hard"_s,
    u"--merge"_s,
    u"--keep"_s,
    u"--no-verify"_s,
    u"--mirror"_s,
    u"--prune"_s,
    u"--prune-tags"_s,
    u"--all"_s,
    u"--delete"_s,
    u"--exec"_s,
    u"--upload-archive"_s,
};

/// Refused with one command (short options may be bundled: "-fd").
struct Forbidden
{
    QStringView command;
    QStringView letters;
    QStringList words;
};

const QList<Forbidden> forbiddenFor{
    {u"push", u"fd", {u"--tags"_s, u"--follow-tags"_s}},
    {u"fetch", u"fpPu", {u"--update-head-ok"_s}},
    {u"add",
     u"Aufpie",
     {u"--update"_s, u"--no-ignore-removal"_s, u"--edit"_s, u"--interactive"_s, u"--patch"_s, u"--sparse"_s, u"."_s,
      u"*"_s}},
    {u"reset", u"p", {u"--soft"_s, u"--mixed"_s, u"--patch"_s}},
    {u"update-ref", u"d", {}},
    {u"tag", u"fd", {}},
    {u"read-tree", u"", {u"--reset"_s}},
    {u"fsck", u"", {u"--lost-found"_s}},
    {u"config",
     u"",
     {u"--add"_s, u"--unset"_s, u"--unset-all"_s, u"--replace-all"_s, u"--rename-section"_s, u"--remove-section"_s,
      u"--edit"_s}},
};

bool hasLetter(const QString &argument, QStringView letters)
{
    return argument.size() > 1 && argument[0] == u'-' && argument[1] != u'-'
        && std::ranges::any_of(argument.sliced(1), [&](QChar c) { return letters.contains(c); });
}

/// "--force" and every abbreviation git would accept for it ("--forc"), with or without "=value".
bool isOption(const QString &argument, const QString &word)
{
    if (!argument.startsWith("--"_L1) || !word.startsWith("--"_L1))
        return argument == word;
    const QString name = argument.section(u'=', 0, 0);
    return name == word || (name.size() >= 5 && word.startsWith(name));
}

Error refused(const QStringList &arguments, const QString &what)
{
    return {ErrorKind::Internal, u"refused to run git %1: %2 is never allowed"_s.arg(arguments.value(0), what),
            arguments.join(u' ')};
}

/// A reset that names paths only touches index entries; without paths it moves things.
bool isPathReset(const QStringList &arguments)
{
    return std::ranges::any_of(arguments, [](const QString &a) { return a.startsWith("--pathspec-from-file"_L1); });
}

} // namespace

Status checkArguments(const QStringList &arguments)
{
    const QString command = arguments.value(0);
    if (!allowedCommands.contains(command))
        return refused(arguments, u"this command"_s);
    if (command == u"reset"_s && !isPathReset(arguments))
        return refused(arguments, u"reset without paths"_s);
    for (const QString &argument : arguments.sliced(1)) {
        if (argument == u"--"_s)
            break; // operands follow; refspecs are judged where they are made
        for (const QString &word : forbiddenAnywhere)
            if (isOption(argument, word))
                return refused(arguments, word);
        for (const Forbidden &row : forbiddenFor) {
            if (row.command != command)
                continue;
            if (hasLetter(argument, row.letters))
                return refused(arguments, argument);
            for (const QString &word : row.words)
                if (isOption(argument, word))
                    return refused(arguments, word);
        }
    }
    if (command == u"read-tree"_s && arguments.contains(u"-u"_s) && !arguments.contains(u"-m"_s))
        return refused(arguments, u"-u without -m"_s);
    if ((command == u"push"_s || command == u"fetch"_s)
        && std::ranges::any_of(arguments, [](const QString &a) { return a.startsWith(u'+') || a.startsWith(u':'); }))
        return refused(arguments, u"a forced or deleting refspec"_s);
    return {};
}

} // namespace AutoCommit
