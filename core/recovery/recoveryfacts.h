#pragma once

#include "core/base/error.h"

#include <QByteArray>
#include <QList>

namespace AutoCommit {

/// What a model is told about a failure: counters, booleans, and the words of git that this program knows. Never a
/// diff, a path, a branch, a URL, a message of a commit or any other word from outside (SAFETY section 6).
struct RecoveryFacts
{
    Error failure;
    QByteArray branch; ///< named B1
    QByteArray remote; ///< named R1
    QList<QByteArray> paths; ///< of the change; the first 40 are named P1 to P40
    int ahead = 0;
    int behind = 0;
    int changed = 0; ///< paths in the status
    int earlierFailures = 0; ///< of the same kind, in a row
    bool hasUpstream = false;
    bool openMove = false; ///< the journal has an interrupted tree move
    QList<QByteArray> locks; ///< of index, head, branch, packed-refs, shallow: those that exist

    static constexpr qsizetype maxPaths = 40;
};

/// The text for the model, in a fence that cannot be guessed by who wrote an error message.
QByteArray recoveryFactsText(const RecoveryFacts &facts, const QByteArray &fence);

/// At most 2 KiB of `text` in which every word that is not one of git's own became `_`, and the names that the table
/// knows became B1, R1 and P1 to Pn. Pure.
QByteArray withoutForeignWords(const QString &text, const RecoveryFacts &facts);

/// The same failure in the same state has the same one: hex.
QByteArray failureFingerprint(const Error &failure, const QByteArray &head, const QByteArray &hubTip);

} // namespace AutoCommit
