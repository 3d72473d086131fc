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

/// Writes the message that somebody who knows this repository's habits would write, from the changed lines and the
/// paths alone. Every name in it stands in the diff or in a path; values that might be secrets are not repeated; it
/// never claims a breaking change or a reason. Pure and deterministic: the same input gives the same words. Never
/// fails.
///
/// Best with hunks that have their three lines of context (`git diff -U3`).
CommitMessage describe(const MessageInput &input, const StyleProfile &style);

} // namespace AutoCommit
