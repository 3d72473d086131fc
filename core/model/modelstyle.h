#pragma once

#include "core/change/changeset.h"
#include "core/message/style.h"
#include "core/wording/messagerules.h"

namespace AutoCommit {

/// What messages have to be in a repository whose people write like this. `subjectLength` and `bodies` are settings.
MessageRules rulesForStyle(const StyleProfile &style, const QList<PastCommit> &newestFirst, int subjectLength,
                           bool bodies);

/// Subjects of earlier commits to show the model: those that changed the same files or folders, then the newest. Bots,
/// merges, releases and reverts are left out.
QStringList exampleSubjects(const QList<PastCommit> &newestFirst, const ChangeSet &change,
                            const QList<qsizetype> &files, qsizetype count);

} // namespace AutoCommit
