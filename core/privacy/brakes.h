#pragma once

#include "core/change/changeset.h"

#include <QByteArrayList>
#include <QString>

namespace AutoCommit {

/// From SAFETY rows 32, 49 and 52: 100 000 new files take git 6.7 s and as many objects; an unmounted volume looks like
/// the deletion of everything.
struct BulkLimits
{
    int newFiles = 2000; ///< more than these are held
    qint64 newBytes = 100'000'000; ///< in one directory and below
    int deletions = 100;
    int deletionPercent = 50; ///< of the tracked files
    int leastDeletions = 5; ///< fewer are never a matter of percent, unless nothing is left
    int modeChanges = 20;
};

struct BulkChange
{
    QByteArray path = {};
    ChangeKind kind = ChangeKind::Modified;
    qint64 size = 0; ///< of a new file, bytes
};

enum class BulkReason {
    NewFiles,
    NewBytes,
    Deletions,
    EmptiedTree,
    ModeChanges,
};

/// The stable lower-case name, for instance "new-files".
QString bulkReasonName(BulkReason reason);

/// Why a change waits for a person.
struct BulkHold
{
    BulkReason reason = BulkReason::NewFiles;
    QString explanation = {}; ///< one or two sentences: what was seen, what to do
    QByteArrayList directories = {}; ///< where most of it is, "" = everywhere
    QByteArrayList ignoreLines = {}; ///< proposals for .gitignore
    qsizetype files = 0; ///< how many are held
};

/// Every brake that takes hold of these changes, empty if none does. `trackedFiles` counts HEAD's. Pure.
QList<BulkHold> bulkHolds(const QList<BulkChange> &changes, qint64 trackedFiles, const BulkLimits &limits = {});

} // namespace AutoCommit
