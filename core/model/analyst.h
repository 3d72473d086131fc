#pragma once

#include "core/model/asker.h"

namespace AutoCommit {

/// The reasoning model's notes on one change; on a very large one, on its parts, one after the other.
Result<ModelNotes> takeNotes(Asker &asker, const ModelNames &names, const MessageQuestion &question,
                             const ModelTerms &terms);

/// What of an answer may serve as notes: no thinking, no control characters, at most `limit` characters in whole lines.
QString notesFrom(const QString &answer, qsizetype limit);

} // namespace AutoCommit
