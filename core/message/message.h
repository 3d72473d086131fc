#pragma once

#include "core/change/changeset.h"
#include "core/message/style.h"

#include <QString>

namespace AutoCommit {

struct CommitMessage
{
    QString subject{}; ///< one line, at most 72 characters, never empty
    QString body{}; ///< without a line end at its end; often empty
};

struct MessageInput
{
    const ChangeSet &changes;
    QList<qsizetype> files{}; ///< of `changes`, those that make up the commit
    QString type{}; ///< "fix"; may be empty
    QString scope{}; ///< may be empty
};

/// How a message is made, in order (the names are files of this folder):
///
/// 1. The change is read once. changedfile, lang and role say what each file is; token, scan, keywords and the
///    definition* files read its lines; block pairs removed with added lines and finds the function around them
///    (hunkheaders asks git for better ones). changeview holds all of it, wordindex counts the words.
/// 2. Finders look for facts, each on its own; facts.h lists them. Files and packages: paths, newfiles, release, deps
///    (manifest, requirement). Code: symbols (signature, parameters, annotations), members, options, flags, rename,
///    values, logic (condition, guard), assign, statements, calls, imports, markup, theme, reorder, format. The
///    author's own words: behaviour (change log, titles of tests), intent (comments), testcases. Documents: docs
///    (docentries, doctheme, prose), comments. Settings: config (settings, entries, workflow). Where nothing better is
///    found: vague, then fallback.
/// 3. safety decides which names, values and sentences may be shown; withheld takes out facts that show the value of
///    a credential.
/// 4. subjectrank merges like facts and puts first the one that the message should be about.
/// 5. subjectphrase puts it into words, from the fullest to the shortest; subject adds the prefix and takes the first
///    that fits.
/// 6. body lists up to six more facts, where the repository's people write bodies; rest names the files that the
///    subject would hide.
///
/// How they write is learned beforehand by style: stylesubject takes subjects apart, styleverb knows the forms of
/// verbs, stylelanguage tells English and the shape of release subjects. text holds the helpers all of it shares.

/// Writes the message that somebody who knows this repository's habits would write, from the changed lines and the
/// paths alone. Every name in it stands in the diff or in a path; values that might be secrets are not repeated; it
/// never claims a breaking change or a reason. Pure and deterministic: the same input gives the same words. Never
/// fails.
///
/// Best with hunks that have their three lines of context (`git diff -U3`).
CommitMessage describe(const MessageInput &input, const StyleProfile &style);

} // namespace AutoCommit
