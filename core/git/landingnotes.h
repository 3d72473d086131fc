#pragma once

#include "core/git/locate.h"

#include <QHash>
#include <QJsonArray>

namespace AutoCommit {

/// What the history has to be told once the branch is at `tip` (or beyond).
struct LandingNote
{
    QByteArray tip;
    QJsonArray commits; ///< that this landing brings, in the words of whoever wrote the note
    QHash<QByteArray, QByteArray> renamed; ///< commits that a rebase makes anew; to nothing when they had become empty
    QString file = {};
};

/// Notes beside the journal, one for each time a branch moves to commits of ours: written before it, taken away when
/// the history has the rows, so that a kill in between (it may take a push that waits for a minute) costs the history
/// nothing. Not synced: after a power cut git's own objects are all there is. Read and written under the RepoLock.
class LandingNotes
{
public:
    explicit LandingNotes(const RepoLocation &location);

    Result<QString> write(const LandingNote &note, qint64 now) const; ///< its file
    QList<LandingNote> read() const; ///< oldest first; one that cannot be read has no tip
    static void forget(const QStringList &files); ///< needs no lock: names are never used again

private:
    QString m_directory;
};

} // namespace AutoCommit
