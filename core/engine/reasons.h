#pragma once

#include "core/change/changeset.h"
#include "core/engine/nuclei.h"

#include <QString>
#include <QStringList>

namespace AutoCommit {

/// Why two files are together or apart, in a form that a program can read.
enum class ReasonKind {
    // together
    ManifestAndLock,
    HeaderAndSource,
    TestAndSource,
    SnapshotAndTest,
    SameName,
    Moved,
    SharedName, ///< `subject`: the rarest identifier in both diffs
    SharedWords, ///< `subject`: up to three of the rarest
    DefinedAndUsed, ///< `subject` is new in one and used in the other
    Mentioned, ///< `subject`, one file's name, stands in the other's changed lines
    SameLines, ///< `count` changed lines are the same
    MovedLines, ///< lines go from one to the other
    ChangedTogether, ///< `count` of `of` past commits
    FoldersTogether, ///< commits here often touch both places
    AlikePaths,
    // apart
    NothingShared, ///< no rare word in both diffs
    NeverTogether, ///< in `of` past commits
    FoldersApart,
    UnlikePaths,
    FewCommitsSoLarge, ///< commits here are smaller than the two would be
    // both
    OneFile, ///< the change has but one file
    TooMany, ///< `count` files: not compared one by one
    ModelSays, ///< nothing that has a name stands out; the sum of many small things
};

struct Reason
{
    ReasonKind kind = ReasonKind::ModelSays;
    QByteArray subject;
    int count = 0;
    int of = 0;
    double weight = 0; ///< log-odds; a nucleus has the weight 9
    qsizetype a = -1; ///< indexes into ChangeSet::files; -1 = of no single file
    qsizetype b = -1;
};

const char *reasonName(ReasonKind kind); ///< stable, for JSON: "shared-name"
ReasonKind reasonOf(Bond bond);

/// A short sentence without a full stop: "both change `parseHeader`". Control characters are left out of names.
QString toSentence(const Reason &reason);

} // namespace AutoCommit
